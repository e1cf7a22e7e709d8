import WatchCore
import WatchProbes

extension Engine {
  /// Event history is complete about a quarter of an hour after the fact: a gap is accounted for
  /// when it ends, and once more when what was late has had its time.
  static let gapSettles: Duration = .minutes(20)

  /// Asks what became of the records of each gap that has ended and is not settled.
  mutating func gapQuestions(after events: [Event]) -> [EngineEffect] {
    var effects: [EngineEffect] = []
    for alert in touchedLately
    where GapAccount.codes.contains(alert.code) && !picture.isFolded(alert) {
      guard let question = question(alert), retryGap[alert.id].map({ $0 <= now }) ?? true
      else { continue }
      if let last = asked[alert.id] {
        let settled = question.to + Engine.gapSettles
        guard now >= settled, last < settled else { continue }
      }
      asked[alert.id] = now
      effects.append(.accountGap(alert.id, question))
    }
    return effects
  }

  /// Alerts with an entry of the last hours, by number: a gap is asked about within two hours of its
  /// end, which is an entry, and a journal of years holds thousands of closed alerts.
  private var touchedLately: [Alert] {
    let recent = picture.recent.reversed().prefix { now - $0.at < .hours(3) }
    return Set(recent.compactMap(\.event.alert)).sorted().compactMap { picture.alerts[$0] }
  }

  private func question(_ alert: Alert) -> GapProbe.Question? {
    guard let cleared = alert.clearedAt, now - cleared < .hours(2) else { return nil }
    let path = PathID(source: alert.source, kind: .trail, region: alert.place.region)
    let started = knowledge.trails[path.source]?[path.region]?.status?.started
    let from = alert.missingSince
    let ended = started.map { $0 > from && $0 < cleared ? $0 : cleared } ?? cleared
    return GapProbe.Question(
      source: alert.source, region: alert.place.region, from: from, to: ended)
  }

  mutating func take(_ answer: GapProbe.Answer, of alert: AlertID) -> [EngineEffect] {
    switch answer {
    case .account(let gap):
      if picture.alerts[alert]?.gap != gap { outcomes.append(.gap(alert, gap)) }
      return []
    case .blind(let why):
      asked[alert] = nil
      retryGap[alert] = now + .minutes(5)
      return [.say("gap of \(alert.text) not accounted for yet: \(why.detail)")]
    }
  }
}
