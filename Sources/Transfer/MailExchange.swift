import CCurl
import Posix

/// One mail inside libcurl. Used by the transfer thread only.
final class MailExchange: CurlWork {
  let submittedMillis: Int64
  let handle: OpaquePointer
  private let job: MailWork
  private var recipients: OpaquePointer?
  private let errorText: UnsafeMutablePointer<CChar>
  private var unsent: ArraySlice<UInt8>
  /// The server's last whole answer.
  private var last = MailReceipt(code: 0, text: "")
  /// Its last answers, so many as there are recipients: those to RCPT, when it asks for the message.
  private var replies: [MailReceipt] = []
  private var refused: [MailRefusal] = []
  /// It has asked for the message.
  private var isDataOpen = false
  private var hasTaken = false

  init?(_ job: MailWork, submittedMillis: Int64, settings: TransferSettings) {
    guard let handle = curl_easy_init() else { return nil }
    self.job = job
    self.submittedMillis = submittedMillis
    self.handle = handle
    unsent = job.request.message[...]
    // CURL_ERROR_SIZE
    errorText = .allocate(capacity: 256)
    errorText.initialize(repeating: 0, count: 256)
    setEnvelope()
    setNetwork(settings)
    setCallbacks()
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(recipients)
    errorText.deallocate()
  }

  var totalMillis: Int { job.request.limits.totalMillis }

  func resumption(_ ending: CurlEnding) -> () -> Void {
    let waiting = job.waiting
    let answer: MailWork.Answer =
      switch ending {
      case .done(let code): self.answer(code: code)
      case .ended(let error): .failure(.network(error))
      }
    return { waiting.resume(returning: answer) }
  }

  private func answer(code: Int32) -> MailWork.Answer {
    // libcurl is done without an error only after a 250 to the end of the message.
    if code == 0, (200..<300).contains(last.code) {
      return .success(MailReceipt(code: last.code, text: last.text, refused: refused))
    }
    // Where one of several refusals is for now, trying again is of use.
    if last.code >= 500, let passing = replies.first(where: { (400..<500).contains($0.code) }) {
      return .failure(.answered(passing))
    }
    if last.code >= 400 { return .failure(.answered(last)) }
    var detail = String(cString: errorText)
    if detail.isEmpty { detail = curl_easy_strerror(code).map { String(cString: $0) } ?? "" }
    return .failure(
      .network(
        HTTPError(
          curlCode: code, detail: detail, host: job.request.server.host,
          elapsedMillis: elapsedMillis, limits: job.request.limits)))
  }

  private func setEnvelope() {
    let request = job.request
    wk_set_text(handle, CurlOption.url, request.server.url)
    wk_set_text(handle, CurlOption.protocols, request.server.scheme.rawValue)
    wk_set_long(handle, CurlOption.useTLS, CurlOption.tlsRequired)
    if let login = request.login {
      wk_set_text(handle, CurlOption.userName, login.user)
      wk_set_text(handle, CurlOption.password, login.password)
    }
    wk_set_text(handle, CurlOption.mailFrom, "<\(request.from)>")
    for address in request.to { recipients = curl_slist_append(recipients, "<\(address)>") }
    wk_set_list(handle, CurlOption.mailRecipients, recipients)
    // One address that is not known must not keep the mail from the others.
    wk_set_long(handle, CurlOption.mailRecipientsMayFail, 1)
    wk_set_long(handle, CurlOption.upload, 1)
    wk_set_large(handle, CurlOption.uploadSize, Int64(request.message.count))
  }

  private func setNetwork(_ settings: TransferSettings) {
    let limits = job.request.limits
    wk_set_long(handle, CurlOption.noSignal, 1)
    wk_set_long(handle, CurlOption.timeoutMillis, max(limits.totalMillis, 1))
    wk_set_long(handle, CurlOption.connectTimeoutMillis, max(limits.connectMillis, 1))
    // Also how long a farewell may take, for which libcurl holds up the thread.
    wk_set_long(handle, CurlOption.serverResponseSeconds, max(limits.idleSeconds, 1))
    // A kept connection would be closed, and its farewell waited for, without that limit.
    wk_set_long(handle, CurlOption.forbidReuse, 1)
    wk_set_long(handle, CurlOption.sslVersion, CurlOption.tls12)
    wk_set_text(handle, CurlOption.caPath, nil)
    if let bundle = settings.caBundle { wk_set_text(handle, CurlOption.caInfo, bundle) }
    wk_set_text(handle, CurlOption.proxy, "")
  }

  private func setCallbacks() {
    // The loop keeps this object until the handle is out of libcurl.
    let context = Unmanaged.passUnretained(self).toOpaque()
    wk_set_pointer(handle, CurlOption.errorBuffer, errorText)
    wk_set_pointer(handle, CurlOption.readData, context)
    wk_set_callback(handle, CurlOption.readFunction) { room, size, count, context in
      guard let room, let exchange = MailExchange.from(context) else { return 0 }
      return exchange.give(UnsafeMutableRawBufferPointer(start: room, count: size * count))
    }
    for (data, function) in [
      (CurlOption.headerData, CurlOption.headerFunction),
      (CurlOption.writeData, CurlOption.writeFunction),
    ] {
      wk_set_pointer(handle, data, context)
      wk_set_callback(handle, function) { bytes, size, count, context in
        MailExchange.from(context)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
        return size * count
      }
    }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> MailExchange? {
    context.map { Unmanaged<MailExchange>.fromOpaque($0).takeUnretainedValue() }
  }

  private func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
    let piece = unsent.prefix(room.count)
    room.copyBytes(from: piece)
    unsent = unsent.dropFirst(piece.count)
    return piece.count
  }

  /// A line of the server's: `250-SIZE 1000`, `250 2.0.0 Ok: queued as 4F1C2`.
  private func take(_ line: UnsafeRawBufferPointer) {
    let text = String(decoding: line.prefix(1_000), as: UTF8.self)
    guard let code = Int(text.prefix(3)), (100..<600).contains(code) else { return }
    let rest = text.dropFirst(3)
    // Neither a line that another follows, nor what comes after QUIT: the mail is taken by then.
    guard rest.first != "-", code != 221, !hasTaken else { return }
    last = MailReceipt(
      code: code,
      text: String(rest.drop { $0 == " " }.filter { !$0.isNewline }))
    if code == 354 { refused = refusals() }
    replies = Array((replies + [last]).suffix(job.request.to.count))
    hasTaken = unsent.isEmpty && isDataOpen && code == 250
    isDataOpen = isDataOpen || code == 354
  }

  /// libcurl asks for one recipient after the other, in order, and for nothing in between.
  private func refusals() -> [MailRefusal] {
    guard replies.count == job.request.to.count else { return [] }
    return zip(job.request.to, replies).compactMap { address, reply in
      reply.code < 400
        ? nil : MailRefusal(address: address, code: reply.code, text: reply.text)
    }
  }
}
