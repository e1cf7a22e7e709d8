import CCurl
import Posix

/// One HTTP exchange inside libcurl: its handle, its options, what has come so far. Used by the
/// transfer thread only.
final class CurlExchange: CurlWork {
  let submittedMillis: Int64
  let handle: OpaquePointer
  private let job: HTTPWork
  private var headerList: OpaquePointer?
  private let errorText: UnsafeMutablePointer<CChar>
  private var head = ResponseHead()
  private var body: [UInt8] = []
  /// Why we stopped it ourselves.
  private var refusal: HTTPError?

  init?(_ job: HTTPWork, submittedMillis: Int64, settings: TransferSettings) {
    guard let handle = curl_easy_init() else { return nil }
    self.job = job
    self.submittedMillis = submittedMillis
    self.handle = handle
    // CURL_ERROR_SIZE
    errorText = .allocate(capacity: 256)
    errorText.initialize(repeating: 0, count: 256)
    setRequest()
    setLimits()
    setNetwork(settings)
    setCallbacks()
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  var totalMillis: Int { job.request.limits.totalMillis }

  func resumption(_ ending: CurlEnding) -> () -> Void {
    let waiting = job.waiting
    let answer: HTTPWork.Answer =
      switch ending {
      case .done(let code): self.answer(code: code)
      case .ended(let error): .failure(error)
      }
    return { waiting.resume(returning: answer) }
  }

  /// The answer, when libcurl is done with `code` (CURLcode).
  private func answer(code: Int32) -> HTTPWork.Answer {
    if let refusal { return .failure(refusal) }
    guard code == 0 else { return .failure(error(code)) }
    // libcurl is content with a connection that ends inside the head.
    guard head.isComplete else { return .failure(.cut(detail: "the answer's head is not whole")) }
    let status = Int(wk_response_code(handle))
    return .success(HTTPResponse(status: status, headers: head.headers, body: body))
  }

  private func error(_ code: Int32) -> HTTPError {
    var detail = String(cString: errorText)
    if detail.isEmpty { detail = curl_easy_strerror(code).map { String(cString: $0) } ?? "" }
    let proxyCode = wk_connect_code(handle)
    if proxyCode >= 300 {
      return .connectFailed(host: job.target.host, detail: "the proxy answered \(proxyCode)")
    }
    return HTTPError(
      curlCode: code, detail: detail, host: job.target.host, elapsedMillis: elapsedMillis,
      limits: job.request.limits)
  }

  private func setRequest() {
    let request = job.request
    wk_set_text(handle, CurlOption.url, request.url)
    // "/a/../b" is an S3 key like any other.
    wk_set_long(handle, CurlOption.pathAsIs, 1)
    wk_set_text(handle, CurlOption.protocols, job.target.scheme.rawValue)
    wk_set_long(handle, CurlOption.followLocation, 0)
    wk_set_long(handle, CurlOption.httpVersion, CurlOption.http11)
    if request.isOnce { wk_set_long(handle, CurlOption.freshConnection, 1) }
    for line in job.head.lines { headerList = curl_slist_append(headerList, line) }
    wk_set_list(handle, CurlOption.httpHeader, headerList)

    let method = job.head.method
    if method == "HEAD" {
      wk_set_long(handle, CurlOption.noBody, 1)
      return
    }
    if request.body.isEmpty, method != "POST", method != "PUT", method != "PATCH" {
      wk_set_long(handle, CurlOption.httpGet, 1)
    } else {
      wk_set_long(handle, CurlOption.post, 1)
      wk_set_large(handle, CurlOption.postFieldSize, Int64(request.body.count))
      // One byte more, so that an empty body has an address too; libcurl copies by the size.
      (request.body + [0]).withUnsafeBytes { bytes in
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        _ = wk_set_pointer(handle, CurlOption.copyPostFields, start)
      }
    }
    wk_set_text(handle, CurlOption.customRequest, method)
  }

  private func setLimits() {
    let limits = job.request.limits
    wk_set_long(handle, CurlOption.timeoutMillis, max(limits.totalMillis, 1))
    wk_set_long(handle, CurlOption.connectTimeoutMillis, max(limits.connectMillis, 1))
    wk_set_long(handle, CurlOption.lowSpeedLimit, 1)
    wk_set_long(handle, CurlOption.lowSpeedTime, max(limits.idleSeconds, 1))
    // By the announced length, which is no length of ours in the answer to a HEAD. What really comes
    // is counted in `take`.
    if job.head.method != "HEAD" {
      wk_set_large(handle, CurlOption.maxFileSize, Int64(max(limits.bodyBytes, 1)))
    }
  }

  private func setNetwork(_ settings: TransferSettings) {
    wk_set_long(handle, CurlOption.noSignal, 1)
    wk_set_long(handle, CurlOption.sslVersion, CurlOption.tls12)
    // With a directory, libcurl reads all authorities again at every handshake (18 ms).
    wk_set_text(handle, CurlOption.caPath, nil)
    if let bundle = settings.caBundle { wk_set_text(handle, CurlOption.caInfo, bundle) }
    // "" is "none", and keeps libcurl from looking into the environment.
    let isProxied = job.target.scheme == .https && !job.target.isLocal
    wk_set_text(handle, CurlOption.proxy, isProxied ? settings.proxy ?? "" : "")
    wk_set_text(handle, CurlOption.noProxy, settings.noProxy)
    wk_set_long(handle, CurlOption.suppressConnectHeaders, 1)
  }

  private func setCallbacks() {
    // The loop keeps this object until the handle is out of libcurl.
    let context = Unmanaged.passUnretained(self).toOpaque()
    wk_set_pointer(handle, CurlOption.errorBuffer, errorText)
    wk_set_pointer(handle, CurlOption.writeData, context)
    wk_set_callback(handle, CurlOption.writeFunction) { bytes, size, count, context in
      CurlExchange.callback(bytes, size * count, context) { $0.take(body: $1) }
    }
    wk_set_pointer(handle, CurlOption.headerData, context)
    wk_set_callback(handle, CurlOption.headerFunction) { bytes, size, count, context in
      CurlExchange.callback(bytes, size * count, context) { $0.take(header: $1) }
    }
  }

  /// Answers the count when all is well; anything else stops the exchange.
  private static func callback(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ take: (CurlExchange, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let context else { return 0 }
    let exchange = Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
    return take(exchange, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
  }

  private func take(body bytes: UnsafeRawBufferPointer) -> Bool {
    let limit = job.request.limits.bodyBytes
    guard body.count + bytes.count <= limit else {
      refusal = .bodyTooLarge(limit: limit)
      return false
    }
    body.append(contentsOf: bytes)
    return true
  }

  private func take(header line: UnsafeRawBufferPointer) -> Bool {
    if head.take(line) { return true }
    refusal = .headersTooLarge(limit: ResponseHead.byteLimit)
    return false
  }
}
