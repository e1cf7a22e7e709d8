import TextCanvas
import WatchCore

/// The posture screen's cursor, and taking a weakness on.
extension ConsoleState {
  /// The check under the cursor; the worst one before anybody has moved.
  var selectedCheck: PostureItem? {
    let items = PostureList(self).items
    return items.first { $0.key == postureCheck } ?? items.first
  }

  mutating func moveCheck(by step: Int) {
    let items = PostureList(self).items
    guard !items.isEmpty else { return }
    let index = items.firstIndex { $0.key == postureCheck } ?? 0
    postureCheck = items[min(max(0, index + step), items.count - 1)].key
    scroll[.evidence] = nil
  }

  /// The open alert that a check that fails is raised as: its own, or its source's first look.
  func alert(of item: PostureItem) -> Alert? {
    guard item.standing == .fails, let rule = item.rule else { return nil }
    let open = board.picture.open.filter { $0.source == item.source }
    return open.first { $0.code == rule.code && $0.subject == item.check.subject }
      ?? open.first { alert in
        firstLook(alert).contains { $0.key == item.key }
      }
  }

  /// The checks that an alert over a first look sums up; none for any other alert.
  func firstLook(_ alert: Alert) -> [PostureItem] {
    guard alert.code.rest == "posture.weak", alert.subject == Self.firstLookSubject else {
      return []
    }
    let found = picture.postures[alert.source]?.content["weaknesses"]?.array ?? []
    let known = Set(
      found.compactMap { json -> Acceptance.Key? in
        guard let rule = json["rule"]?.string, let subject = json["subject"]?.string else {
          return nil
        }
        return Acceptance.Key(rule: rule, subject: subject)
      })
    return PostureList.items(alert.source, self).filter { item in
      known.contains(Acceptance.Key(rule: item.check.rule, subject: item.check.subject))
    }.sorted { left, right in
      if left.standing != right.standing { return left.standing < right.standing }
      if left.priority != right.priority { return left.priority > right.priority }
      return (left.check.rule, left.check.subject) < (right.check.rule, right.check.subject)
    }
  }

  /// As the engine names the summary's subject.
  static let firstLookSubject = "first look"

  // MARK: Accepting

  /// What `b` is about here.
  var acceptable: Acceptance.Key? {
    switch screen {
    case .posture:
      return selectedCheck.map {
        Acceptance.Key(rule: $0.check.rule, subject: $0.check.subject)
      }
    case .overview, .alert:
      return subject.map {
        Acceptance.Key(rule: $0.code.text, subject: $0.subject ?? $0.source.text)
      }
    default: return nil
    }
  }

  var allowsAccept: Allowance {
    guard let key = acceptable else {
      return .no("nothing is selected that can be accepted; 4 lists the posture checks")
    }
    if screen != .posture {
      if key.subject == Self.firstLookSubject {
        return .no("accept its checks one by one on the posture screen: 4")
      }
      if isFreshlySelected {
        return .no("it was selected by itself just now; look, then press again")
      }
      return refusal(of: key).map { .no($0) } ?? .yes
    }
    switch selectedCheck?.standing {
    case .fails, .accepted: return refusal(of: key).map { .no($0) } ?? .yes
    case .unknown: return .no("what could not be looked at cannot be accepted: mend the look first")
    default: return .no("it does not fail: there is nothing to accept")
    }
  }

  /// By the engine's own rules; a check of a catalogue that is not built in is left to the engine.
  private func refusal(of key: Acceptance.Key) -> String? {
    if postureRules[key.rule] != nil { return nil }
    let trial = Acceptance(
      rule: key.rule, subject: key.subject, until: now + .hours(24), reason: "-", by: me)
    return AcceptanceRules.refusal(of: trial, now: now)
  }

  mutating func askAcceptance() {
    guard let key = acceptable else { return }
    // The cursor stays on the check when it moves down the list.
    if screen == .posture { postureCheck = selectedCheck?.key }
    let times: [(Unicode.Scalar, Int)] = [("1", 7), ("2", 30), ("3", 90), ("4", 365)]
    var choices = times.map { key, days in
      Question.Choice(.character(key), "\(days) d", until: now + .hours(days * 24))
    }
    var text = "accept \(key.rule) until when?"
    if let known = board.picture.accepted(key.rule, key.subject, at: now) {
      choices.insert(Question.Choice(.character("0"), "take back", until: now), at: 0)
      text = "accepted until \(known.until.date). Take it back, or until when?"
    }
    prompt = .question(Question(.accept(key), text, choices: choices))
    hush()
  }

  /// The end being chosen: why?
  mutating func askAcceptanceReason(_ key: Acceptance.Key, until: Timestamp) {
    let question =
      until <= now
      ? "no longer accepted: why?" : "accepted until \(until.date) \(until.shortClock): why?"
    prompt = .field(Field(.accept(key, until: until), question: question, label: "reason"))
  }
}
