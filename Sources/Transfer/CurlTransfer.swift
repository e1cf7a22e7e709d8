import CCurl
import Posix

/// HTTP by libcurl: one thread works on all exchanges (curl_multi_perform(3)), tasks wait without
/// holding up a Task thread. The thread ends with the last reference.
///
/// Nothing is followed, decoded, cached, remembered or added: one request, one answer. Not
/// URLSession, which on Linux deadlocks on cancellation and forwards credentials on redirects.
public final class CurlTransfer: Sendable {
  private let inbox: TransferInbox

  public init(settings: TransferSettings = TransferSettings()) throws(HTTPError) {
    guard Self.isLibraryReady else { throw .other(code: -1, detail: "libcurl does not start") }
    do throws(PosixError) {
      let inbox = try TransferInbox()
      try PosixThread.start(named: "transfer") {
        CurlLoop(inbox: inbox, settings: settings).run()
      }
      self.inbox = inbox
    } catch {
      throw .other(code: Int(error.code), detail: "\(error)")
    }
  }

  deinit {
    inbox.stop()
  }

  /// The seam's live value: keeps the transfer as long as it lives.
  public static func client(
    _ settings: TransferSettings = TransferSettings()
  ) throws(HTTPError) -> HTTPClient {
    let transfer = try CurlTransfer(settings: settings)
    return HTTPClient { request throws(HTTPError) in try await transfer.send(request) }
  }

  /// One exchange. Any status is an answer; `.cancelled` when the task is cancelled before the end.
  public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let target = try RequestTarget(url: request.url)
    guard target.scheme == .https || target.isLocal || request.allowPlain else {
      throw .plainRefused(host: target.host)
    }
    let head = try RequestHead(request)
    let answer = await exchange { waiting in
      .http(HTTPWork(request: request, target: target, head: head, waiting: waiting))
    }
    return try answer.get()
  }

  /// Hands one exchange to the thread and waits for it.
  func exchange<Answer: Sendable>(
    _ work: (CheckedContinuation<Answer, Never>) -> TransferJob.Work
  ) async -> Answer {
    let inbox = inbox
    let id = inbox.announce()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { waiting in
        let job = TransferJob(
          id: id, submittedMillis: MonotonicClock.millis(), work: work(waiting))
        if !inbox.submit(job) { job.fail(.cancelled) }
      }
    } onCancel: {
      inbox.cancel(id)
    }
  }

  /// Ends the thread; exchanges under way and later ones are answered `.cancelled`.
  public func shutDown() {
    inbox.stop()
  }

  /// Such as "libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13 …", for the check at start-up.
  public static var libraryVersion: String {
    curl_version().map { String(cString: $0) } ?? "unknown"
  }

  /// Once, before any thread uses it. 3 is CURL_GLOBAL_ALL.
  private static let isLibraryReady = curl_global_init(3) == 0
}
