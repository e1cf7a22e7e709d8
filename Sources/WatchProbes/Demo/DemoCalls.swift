import CloudAPI
import Synchronization
import WatchCore

/// The watch's own marked calls, which CloudTrail records like anybody's: the one thing that the
/// demo remembers, since it follows from no scenario.
final class DemoCalls: Sendable {
  struct Call: Sendable {
    /// Seconds from the start.
    var at: Int
    var region: String
    var operation: String
    var agent: String
    var trail: String
  }

  private let calls = Mutex<[Call]>([])
  /// How many are remembered; a watch makes a few a minute.
  private static let most = 4_000

  /// Remembers a call to CloudTrail whose User-Agent says more than the program's own name.
  func note(_ asked: DemoRequest, at second: Int) {
    guard asked.service == "cloudtrail", asked.agent != DemoCalls.plain, !asked.agent.isEmpty
    else { return }
    let call = Call(
      at: second, region: asked.region, operation: asked.operation, agent: asked.agent,
      trail: asked.text("Name") ?? asked.text("TrailName") ?? "")
    calls.withLock { calls in
      if calls.count >= Self.most { calls.removeFirst(Self.most / 4) }
      calls.append(call)
    }
  }

  /// In that region and time, oldest first.
  func made(_ region: String, from: Int, to: Int) -> [Call] {
    calls.withLock { calls in
      calls.filter { $0.region == region && from <= $0.at && $0.at <= to }
    }
  }

  /// What every call carries that is not marked.
  static let plain = "watchkeeper/0.1"
}
