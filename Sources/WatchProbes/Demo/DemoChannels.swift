import Synchronization
import WatchCore

/// The demo's channels: they answer as the scenario says, and nothing leaves the machine.
public final class DemoChannels: Sendable {
  private let script: [String: [String]]
  private let attempts = Mutex<[String: Int]>([:])

  init(script: [String: [String]]) {
    self.script = script
  }

  public func answer(_ notification: AlertNotification, _ channel: String) -> ChannelAnswer {
    let count = attempts.withLock { attempts in
      attempts[channel, default: 0] += 1
      return attempts[channel] ?? 1
    }
    let words = script[channel].flatMap { count <= $0.count ? $0[count - 1] : nil } ?? "accept"
    let why = String(words.drop { $0 != " " }.dropFirst())
    if words.hasPrefix("refuse") { return .refused(why) }
    if words.hasPrefix("fail") { return .failed(why, retryAfter: nil) }
    return .accepted(id: "demo-\(count)")
  }
}

extension DemoScenario {
  /// Counted from the first attempt.
  public func deliveries() -> DemoChannels { DemoChannels(script: script.channels ?? [:]) }

  var roles: [Role] {
    estate.roles.map { role in
      let spans = (role.restoreWithin ?? [:]).compactMap { key, value in
        Priority(rawValue: key).flatMap { key in Expectation.span(value).map { (key, $0) } }
      }
      return Role(
        name: role.name, members: role.members, channels: role.channels ?? [],
        acknowledgeWithin: Expectation.span(role.ackWithin) ?? .minutes(15),
        restoreWithin: Dictionary(spans, uniquingKeysWith: { first, _ in first }))
    }
  }

  var channels: [ChannelPlan] {
    (estate.channels ?? []).map { channel in
      ChannelPlan(
        name: channel.name, kind: ChannelPlan.Kind(rawValue: channel.kind) ?? .webhook,
        least: channel.least.flatMap(Priority.init) ?? .low)
    }
  }

  var people: [Person] {
    (estate.people ?? []).map { Person(name: $0.name, phone: $0.phone, mail: $0.mail) }
  }
}
