import WatchCore

/// In a flood whoever is called gets one message of many alerts and not as many messages. What is high is
/// told at once and by itself, whatever else comes.
extension Engine {
  /// Calls that are the same to the same people by the same channels.
  private struct Call: Hashable {
    var act: AlertNotification.Act
    var to: String
    var role: String?
    var channels: [String]
  }

  /// Between two messages of many.
  static let gatherFor: Duration = .minutes(5)

  var isFlood: Bool { picture.raised(after: wall - .minutes(10)) > Picture.floodLimit }

  /// The events, with calls that one message can tell in one.
  func gathered(_ events: [Event]) -> [Event] {
    var rest: [Event] = []
    var order: [Call] = []
    var calls: [Call: [Tell]] = [:]
    for event in events {
      guard case .tell(let tell) = event, let alert = picture.alerts[tell.alert],
        tell.isGathered(alert)
      else {
        rest.append(event)
        continue
      }
      let call = Call(act: tell.act, to: tell.to, role: tell.role, channels: tell.channels)
      if calls[call] == nil { order.append(call) }
      calls[call, default: []].append(tell)
    }
    let isFlood = isFlood
    let waits =
      isFlood
      && (picture.calledLow.map { since in
        wall >= since && wall - since < Engine.gatherFor
      } ?? false)
    guard !waits else { return rest }
    return rest
      + order.flatMap { call -> [Event] in
        let tells = calls[call] ?? []
        guard isFlood || tells.count > Picture.floodLimit else { return tells.map(Event.tell) }
        return Engine.one(tells).map { [.tell($0)] } ?? []
      }
  }

  /// First out on top: whatever came first is what the others may follow from.
  private static func one(_ tells: [Tell]) -> Tell? {
    guard var first = tells.min(by: { $0.of < $1.of }) else { return nil }
    first.more = tells.filter { $0.alert != first.alert }.map { Tell.Also($0.alert, of: $0.of) }
    return first
  }

  /// `… (and 31 more)`, short enough that no channel cuts the number off.
  static func counted(_ title: String, _ tell: Tell) -> String {
    tell.more.isEmpty ? title : title.shortened(to: 180) + " (and \(tell.more.count) more)"
  }

  /// `A-0012 Records are late, A-0013 …, and 26 more on the console`
  func together(_ tell: Tell) -> String? {
    guard !tell.more.isEmpty else { return nil }
    let shown = tell.more.prefix(10).map { also in
      let alert = picture.alerts[also.alert]
      return "\(also.alert.text) \(alert?.priority.rawValue ?? "") \(alert?.place.text ?? "") "
        + (alert?.what.shortened(to: 80) ?? "")
    }
    let rest = tell.more.count - shown.count
    return shown.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more on the console" : "")
  }
}
