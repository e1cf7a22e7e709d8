import Transfer

extension AWSError {
  /// One short sentence for people: no secrets, one line, at most 400 characters.
  public var plain: String {
    PlainLine.make(sentence, limit: 400)
  }

  private var sentence: String {
    switch self {
    case .service(let error):
      return "\(error.operation) in \(error.region) was refused: \(error.inWords)"
    case .throttled(let error):
      return "\(error.operation) in \(error.region) was throttled: \(error.inWords)"
    case .denied(let error):
      return "Not allowed to call \(error.operation) in \(error.region): \(error.inWords)"
    case .clockSkew(let seconds, let error):
      let direction = seconds < 0 ? "behind" : "ahead"
      let amount = Int(min(abs(seconds), 1e12).rounded())
      return "\(error.operation) was refused because this machine's clock is \(amount) s "
        + "\(direction) of AWS's."
    case .unreadable(let answer):
      let status = answer.status == 0 ? "" : " (HTTP \(answer.status))"
      return "The answer to \(answer.operation)\(status) cannot be read: \(answer.reason)."
    case .network(let operation, let host, let error):
      return "\(operation) got no answer from \(host): \(error.inWords)."
    case .credentials(let error):
      return error.plain
    case .settings(let problem):
      return problem.sentence
    }
  }
}

extension AWSServiceError {
  var inWords: String {
    let id = requestID.map { ", request \($0)" } ?? ""
    let text = PlainLine.make(message, limit: 240)
    return text.isEmpty ? "\(code) (HTTP \(status)\(id))" : "\(code) (HTTP \(status)\(id)): \(text)"
  }
}

extension AWSEndpoint.Problem {
  var sentence: String {
    switch self {
    case .badRegion(let name):
      return "\"\(name)\" is not the name of an AWS region."
    case .badOverride(let url):
      return "The endpoint \"\(url)\" is not an https or http URL without a query."
    case .overrideWithFIPS(let url):
      return "The endpoint \(url) and FIPS endpoints cannot both be asked for."
    case .noFIPS(let service, let partition):
      return "\(service) has no FIPS endpoints in \(partition)."
    }
  }
}
