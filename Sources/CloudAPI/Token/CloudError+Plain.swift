import Transfer

extension CloudError {
  /// One short sentence for people: no secrets, one line, at most 400 characters.
  public var plain: String {
    PlainLine.make(sentence, limit: 400)
  }

  private var sentence: String {
    switch self {
    case .service(let error):
      return "\(error.what) was refused: \(error.inWords)"
    case .throttled(let error, _):
      return "\(error.what) was throttled: \(error.inWords)"
    case .denied(let error):
      let needs = error.permission.isEmpty ? "" : " (needs \(error.permission))"
      return "Not allowed to call \(error.what)\(needs): \(error.inWords)"
    case .unreadable(let answer):
      let status = answer.status == 0 ? "" : " (HTTP \(answer.status))"
      return "The answer to \(answer.operation)\(status) cannot be read: \(answer.reason)."
    case .incomplete(let error):
      return "The answer to \(error.what) is not whole: \(error.inWords)"
    case .network(let operation, let host, let error):
      return "\(operation) got no answer from \(host): \(error.inWords)."
    case .signIn(let error):
      return error.plain
    case .settings(let setting, let reason):
      return "\(setting) is not usable: \(reason)."
    }
  }
}

extension CloudServiceError {
  /// The call and where: `Diagnostic Settings - List in 0f0f…`.
  var what: String { place.isEmpty ? operation : "\(operation) in \(place)" }

  var inWords: String {
    let id = requestID.map { ", request \($0)" } ?? ""
    let codes = ([code] + reasons).joined(separator: "/")
    let text = PlainLine.make(message, limit: 240)
    let head = "\(codes) (HTTP \(status)\(id))"
    return text.isEmpty ? head : "\(head): \(text)"
  }
}
