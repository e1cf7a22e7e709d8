import Foundation
import Transfer

extension CredentialFetch {
  /// The command's JSON (AWS CLI User Guide, "Sourcing credentials with an external process").
  func process(_ command: Secret, _ source: String) async throws(AWSError) -> AWSCredentials {
    guard let words = ShellWords.split(command.reveal), !words.isEmpty else {
      throw failed(source, "the command line has an open quote or is empty")
    }
    let output: [UInt8]
    do {
      output = try await run.output(words, access.environment)
    } catch {
      switch error {
      case .notStarted(let reason), .killed(let reason): throw failed(source, reason)
      case .exited(let status): throw failed(source, "it ended with status \(status)")
      }
    }
    guard output.count <= CredentialProcess.outputLimit,
      let body = try? JSONReader.read(output), body["Version"]?.number == 1
    else { throw failed(source, "its output is not JSON of version 1") }
    return try keys(body, token: "SessionToken", needsExpiry: false, source)
  }

  /// ECS, EKS and others: one GET with a token.
  func container(_ container: ContainerSource) async throws(AWSError) -> AWSCredentials {
    let source = "container credentials"
    var request = HTTPRequest(url: container.url, limits: Self.localLimits)
    request.headers = [
      HTTPHeader("Accept", "application/json"), HTTPHeader("User-Agent", "watchkeeper/0.1"),
    ]
    if let value = try authorization(container, source) {
      request.headers.append(HTTPHeader("Authorization", value.reveal))
    }
    let response = try await local(request, source, tries: 3)
    guard response.status == 200 else {
      throw failed(source, "the agent answered with HTTP \(response.status)")
    }
    guard let body = try? JSONReader.read(response.body) else {
      throw failed(source, "the agent's answer is not JSON")
    }
    return try keys(body, token: "Token", needsExpiry: true, source)
  }

  private func authorization(
    _ container: ContainerSource, _ source: String
  ) throws(AWSError) -> Secret? {
    if let file = container.tokenFile { return try token(file, source) }
    if let token = container.token, !Self.isHeaderValue(token.reveal) {
      throw failed(source, "the authorization token holds control characters")
    }
    return container.token
  }

  /// Agents are near: what takes longer is not there.
  static let localLimits = HTTPLimits(
    connectMillis: 1_000, totalMillis: 5_000, idleSeconds: 5, bodyBytes: 64 << 10)

  func failed(_ source: String, _ reason: String) -> AWSError {
    .credentials(.sourceFailed(source: source, reason: reason))
  }

  /// One exchange with an agent, repeated on connection failures, 429 and 5xx.
  func local(
    _ request: HTTPRequest, _ source: String, tries: Int
  ) async throws(AWSError) -> HTTPResponse {
    var request = request
    // Its host was checked: https, loopback or link-local.
    request.allowPlain = true
    var attempt = 0
    while true {
      attempt += 1
      do {
        let response = try await exchange.http.send(request)
        let isBusy = response.status >= 500 || response.status == 429
        if !isBusy || attempt >= tries { return response }
      } catch {
        if attempt >= tries || error == .cancelled {
          let host = URLParts(request.url)?.authority ?? "the agent"
          throw .network(operation: source, host: host, error)
        }
      }
      let wait = Backoff().wait(attempt: attempt, throttled: false, random: exchange.clock.random())
      await exchange.clock.sleep(wait)
    }
  }

  /// The JSON object that agents, instance metadata and commands all give.
  func keys(
    _ body: JSONValue, token: String, needsExpiry: Bool, _ source: String
  ) throws(AWSError) -> AWSCredentials {
    guard let id = body["AccessKeyId"]?.string, let key = body["SecretAccessKey"]?.string,
      !id.isEmpty, !key.isEmpty
    else { throw failed(source, "the answer holds no complete keys") }
    var expires: Date?
    if let value = body["Expiration"], !value.isNull {
      expires = value.string.flatMap { TimeText.iso8601($0) }
      if expires == nil { throw failed(source, "the answer's Expiration is not a time") }
    } else if needsExpiry {
      throw failed(source, "the answer has no Expiration")
    }
    let session = body[token]?.string.flatMap { $0.isEmpty ? nil : Secret($0) }
    return AWSCredentials(
      accessKeyID: id, secretAccessKey: Secret(key), sessionToken: session, expires: expires,
      source: source)
  }
}
