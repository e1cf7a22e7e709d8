import WatchCore
import WatchProbes

/// One attempt of one notification on one channel.
struct Sending: Hashable, Sendable {
  /// Number of the `tell` entry.
  var of: Int
  var channel: String
}

/// The outbox: what the journal says is to be told and does not say was. One attempt at a time each; an
/// attempt whose answer was lost is made again with the same keys.
extension Engine {
  /// Notifications that are due, the highest alert first; few at a time.
  mutating func deliveries() -> [EngineEffect] {
    guard tells, !isRound, !picture.outbox.isEmpty else { return [] }
    for (sending, since) in sending where abs((wall - since).millis) > Engine.patience.millis {
      delivered(
        sending.of, sending.channel,
        .failed("no answer within \(Engine.patience.text)", retryAfter: nil))
    }
    var room = Engine.atOnce - sending.count
    var busy = Dictionary(grouping: sending.keys, by: \.channel).mapValues(\.count)
    var effects: [EngineEffect] = []
    for due in due() {
      guard room > 0 else { break }
      let isFailing = picture.channels[due.sending.channel]?.failures ?? 0 > 0
      guard busy[due.sending.channel, default: 0] < (isFailing ? 1 : Engine.atOncePerChannel)
      else { continue }
      busy[due.sending.channel, default: 0] += 1
      room -= 1
      sending[due.sending] = wall
      effects.append(
        .notify(
          notification(due.alert, due.telling, due.sending.channel), channel: due.sending.channel,
          of: due.sending.of))
    }
    return effects
  }

  private struct Due {
    var sending: Sending
    var alert: Alert
    var telling: Telling
    var attempts: Int
  }

  /// What may be sent now. Of one alert a channel hears in order; a channel that failed is left alone
  /// until its time, and then hears first what was tried least.
  private func due() -> [Due] {
    var earlier: Set<String> = []
    var found: [Due] = []
    for (seq, id) in picture.outbox.sorted(by: { $0.key < $1.key }) {
      guard let alert = picture.alerts[id], let telling = alert.telling(seq),
        !isMuted(alert, telling.tell)
      else { continue }
      for channel in telling.waiting {
        guard earlier.insert("\(id.number) \(channel)").inserted else { continue }
        let sending = Sending(of: seq, channel: channel)
        guard self.sending[sending] == nil, isTime(telling, channel) else { continue }
        found.append(
          Due(
            sending: sending, alert: alert, telling: telling,
            attempts: telling.attempts[channel]?.count ?? 0))
      }
    }
    return found.sorted {
      if $0.attempts != $1.attempts { return $0.attempts < $1.attempts }
      if $0.alert.priority != $1.alert.priority { return $0.alert.priority > $1.alert.priority }
      return $0.sending.of < $1.sending.of
    }
  }

  private func isTime(_ telling: Telling, _ channel: String) -> Bool {
    var times = [picture.channels[channel]?.next].compactMap { $0 }
    if case .failed(let next)? = telling.attempts[channel]?.outcome { times.append(next) }
    // A time further off than any that we set: the clock was set back.
    return times.allSatisfy { $0 <= wall || $0 - wall > Engine.longestWait + .minutes(1) }
  }

  /// What a channel said, for the journal; until that has it, the attempt counts as under way.
  mutating func delivered(_ of: Int, _ channel: String, _ answer: ChannelAnswer) {
    guard let id = picture.outbox[of], let telling = picture.alerts[id]?.telling(of),
      telling.waiting.contains(channel)
    else {
      sending[Sending(of: of, channel: channel)] = nil
      return
    }
    var told = Told(
      alert: id, channel: channel, to: telling.tell.to, accepted: false, of: of,
      attempt: (telling.attempts[channel]?.count ?? 0) + 1)
    switch answer {
    case .accepted(let id):
      told.accepted = true
      told.detail = id.map(Engine.kept)
    case .taken(let id, let by):
      told.accepted = true
      told.detail = id.map(Engine.kept)
      told.takenBy = Engine.kept(by)
    case .refused(let why): told.detail = "refused: \(Engine.kept(why))"
    case .unsent(let why):
      told.detail = "not sent: \(Engine.kept(why))"
      told.isOwn = true
    case .failed(let why, let after):
      let failures = (picture.channels[channel]?.failures ?? 0) + 1
      told.detail = Engine.kept(why)
      told.next = wall + Engine.wait(failures: failures, retryAfter: after)
    }
    let isKnown = outcomes.contains { event in
      guard case .told(let other) = event else { return false }
      return other.of == of && other.channel == channel && (other.accepted || !told.accepted)
    }
    if !isKnown { outcomes.append(.told(told)) }
  }

  /// A channel has its own, shorter limits; one that never answers must not hold its place for ever.
  static let patience: Duration = .minutes(5)

  /// 10 s, 30 s, 1 m, 2 m, 4 m, 8 m, then every 15 m; a channel may ask for longer, up to an hour.
  static func wait(failures: Int, retryAfter: Duration?) -> Duration {
    let steps: [Duration] = [
      .seconds(10), .seconds(30), .minutes(1), .minutes(2), .minutes(4), .minutes(8),
    ]
    let own = failures <= steps.count ? steps[max(0, failures - 1)] : .minutes(15)
    return min(max(own, retryAfter ?? .zero), longestWait)
  }

  static let longestWait: Duration = .hours(1)

  /// What a channel says is somebody else's text: no secrets, and not too much of it.
  static func kept(_ text: String) -> String {
    String(SecretMask.apply(String(text.prefix(2000))).prefix(300))
  }

  /// The journal has what became of an attempt.
  mutating func settleSending(_ entry: Entry) {
    guard case .told(let told) = entry.event, let of = told.of else { return }
    sending[Sending(of: of, channel: told.channel)] = nil
  }

  /// Under way at once, in all and by one channel: a flood is sent in order and not in one burst.
  static let atOnce = 8
  static let atOncePerChannel = 2
}
