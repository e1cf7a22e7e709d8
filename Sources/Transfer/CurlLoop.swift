import CCurl
import Posix

/// The transfer thread: takes jobs, lets libcurl work, hands out answers. Everything in here is
/// touched by this thread alone; the inbox is the only door.
final class CurlLoop {
  private let inbox: TransferInbox
  private let settings: TransferSettings
  private let multi: OpaquePointer?
  private var exchanges: [UInt64: any CurlWork] = [:]
  private var idsByHandle: [OpaquePointer: UInt64] = [:]
  private var nextOverdueCheck: Int64 = 0

  init(inbox: TransferInbox, settings: TransferSettings) {
    self.inbox = inbox
    self.settings = settings
    multi = curl_multi_init()
    wk_multi_set_long(multi, CurlOption.multiMaxConnects, settings.connections)
    wk_multi_set_long(multi, CurlOption.multiMaxHostConnections, settings.connectionsPerHost)
    wk_multi_set_long(multi, CurlOption.multiMaxTotalConnections, settings.connections)
  }

  deinit {
    curl_multi_cleanup(multi)
  }

  func run() {
    while true {
      let contents = inbox.take()
      for job in contents.jobs { start(job) }
      for id in contents.cancelled { end(id, .ended(.cancelled)) }
      if contents.isStopped {
        for id in Array(exchanges.keys) { end(id, .ended(.cancelled)) }
        return
      }
      work()
      endOverdue()
      sleep()
    }
  }

  private func start(_ job: TransferJob) {
    guard let multi, let exchange = exchange(for: job) else {
      inbox.forget(job.id)
      job.fail(.other(code: 27, detail: "out of memory"))
      return
    }
    exchanges[job.id] = exchange
    idsByHandle[exchange.handle] = job.id
    let code = curl_multi_add_handle(multi, exchange.handle)
    if code != 0 {
      end(job.id, .ended(.other(code: Int(code), detail: "curl_multi_add_handle")))
    }
  }

  private func exchange(for job: TransferJob) -> (any CurlWork)? {
    switch job.work {
    case .http(let work):
      CurlExchange(work, submittedMillis: job.submittedMillis, settings: settings)
    case .mail(let work):
      MailExchange(work, submittedMillis: job.submittedMillis, settings: settings)
    }
  }

  private func work() {
    var running: Int32 = 0
    curl_multi_perform(multi, &running)
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      // 1 is CURLMSG_DONE, the only one there is. Copied: the message dies with its handle.
      let (kind, handle, code) =
        (message.pointee.msg, message.pointee.easy_handle, message.pointee.data.result)
      guard kind == 1, let handle, let id = idsByHandle[handle] else { continue }
      end(id, .done(code))
    }
  }

  /// The exchange leaves libcurl, then the task goes on. Nothing happens for one that is over.
  private func end(_ id: UInt64, _ ending: CurlEnding) {
    guard let exchange = exchanges.removeValue(forKey: id) else { return }
    let resume = exchange.resumption(ending)
    idsByHandle[exchange.handle] = nil
    curl_multi_remove_handle(multi, exchange.handle)
    inbox.forget(id)
    resume()
  }

  /// libcurl's own total limit starts when a connection is free; ours counts the wait as well.
  private func endOverdue() {
    let now = MonotonicClock.millis()
    guard now >= nextOverdueCheck else { return }
    nextOverdueCheck = now + 100
    for (id, exchange) in exchanges {
      let elapsed = exchange.elapsedMillis
      // Let libcurl say it first where it can.
      guard elapsed > exchange.totalMillis + 100 else { continue }
      end(id, .ended(.timedOut(afterMillis: elapsed)))
    }
  }

  private func sleep() {
    // POLLIN is 1 in libcurl as in poll(2).
    var door = curl_waitfd(fd: inbox.wake.readDescriptor, events: 1, revents: 0)
    let limit: Int32 = exchanges.isEmpty ? 60_000 : 200
    if multi == nil || curl_multi_poll(multi, &door, 1, limit, nil) != 0 {
      // Only without memory. Wait all the same, or this thread takes a whole core.
      _ = Poller.wait([inbox.wake.readDescriptor], timeoutMillis: 200)
    }
  }
}
