import WatchCore
import WatchProbes

extension ProbeClock {
  /// One on which nothing takes time.
  static let still = ProbeClock(uptime: { .zero }, sleep: { _ in })
}

extension ProbeReport {
  /// What a queue's messages are released by.
  var receipts: [String] {
    looks.flatMap { look -> [String] in
      if case .saw(.queue(let seen)) = look.result { return seen.receipts }
      return []
    }
  }
}
