/// One mail on its way to a server: the envelope, and the message with CR LF line ends.
public struct MailRequest: Sendable, Equatable {
  public var server: MailServer
  /// Nil: no login.
  public var login: MailLogin?
  /// An address without a name or angle brackets; may not hold anything but ASCII letters, digits and
  /// what RFC 5322, 3.2.3 allows in an atom.
  public var from: String
  public var to: [String]
  public var message: [UInt8]
  public var limits: HTTPLimits

  public init(
    server: MailServer, login: MailLogin? = nil, from: String, to: [String], message: [UInt8],
    limits: HTTPLimits = HTTPLimits(connectMillis: 10_000, totalMillis: 60_000, idleSeconds: 30)
  ) {
    self.server = server
    self.login = login
    self.from = from
    self.to = to
    self.message = message
    self.limits = limits
  }
}

/// Who sends. Printing it shows neither.
public struct MailLogin: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  let user: String
  let password: String

  public init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  public var description: String { "(login)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What the server said in the end.
public struct MailReceipt: Sendable, Equatable {
  /// The SMTP code: 250.
  public var code: Int
  /// The last line without it: `2.0.0 Ok: queued as 4F1C2`.
  public var text: String
  /// Recipients that the server would not take while it took others.
  public var refused: [MailRefusal]

  public init(code: Int, text: String, refused: [MailRefusal] = []) {
    self.code = code
    self.text = text
    self.refused = refused
  }
}

/// A recipient that the server would not take, and what it said: 4xx for now, 5xx for good.
public struct MailRefusal: Sendable, Equatable {
  public var address: String
  public var code: Int
  public var text: String

  public init(address: String, code: Int, text: String) {
    self.address = address
    self.code = code
    self.text = text
  }
}

/// Why a mail was not taken.
public enum MailError: Error, Sendable, Equatable {
  /// Nothing was sent: an address or the server's name would not be what it seems in the dialogue.
  case badAddress
  /// The server's own answer: 4xx for now, 5xx for good (RFC 5321, 4.2.1).
  case answered(MailReceipt)
  /// No such answer came; the mail may have been taken all the same.
  case network(HTTPError)
}

/// The mail seam, as ``HTTPClient``.
public struct MailClient: Sendable {
  public var send: @Sendable (MailRequest) async throws(MailError) -> MailReceipt

  public init(send: @escaping @Sendable (MailRequest) async throws(MailError) -> MailReceipt) {
    self.send = send
  }
}

extension CurlTransfer {
  /// Mail on a transfer thread of its own: when a connection ends, libcurl waits for the server's
  /// farewell, and a slow mail server must hold up no look at a cloud.
  public static func mailClient(
    _ settings: TransferSettings = TransferSettings()
  ) throws(HTTPError) -> MailClient {
    let transfer = try CurlTransfer(settings: settings)
    return MailClient { request throws(MailError) in try await transfer.send(request) }
  }

  /// One mail by SMTP (RFC 5321) over TLS: from the first byte, or by STARTTLS (RFC 3207); where
  /// neither can be had, nothing is sent.
  public func send(_ request: MailRequest) async throws(MailError) -> MailReceipt {
    guard request.isSound else { throw .badAddress }
    let answer = await exchange { waiting in .mail(MailWork(request: request, waiting: waiting)) }
    return try answer.get()
  }
}

/// One mail, checked, and the task that waits for what becomes of it.
struct MailWork: Sendable {
  typealias Answer = Result<MailReceipt, MailError>

  var request: MailRequest
  var waiting: CheckedContinuation<Answer, Never>
}
