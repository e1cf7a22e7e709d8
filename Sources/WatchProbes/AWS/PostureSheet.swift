import CloudAPI
import WatchCore

/// Collects the checks on one part.
struct PostureSheet: Sendable {
  /// What was looked at.
  let subject: String
  /// Why we may not see the part, where that is right so: `managed elsewhere: …`.
  var elsewhere: String?
  private(set) var checks: [PostureCheck] = []

  init(_ subject: String, elsewhere: String? = nil) {
    self.subject = subject
    self.elsewhere = elsewhere
  }

  mutating func add(
    _ rule: String, _ verdict: PostureCheck.Verdict, _ seen: String, raw: String? = nil
  ) {
    checks.append(
      PostureCheck(
        rule: rule, subject: subject, verdict: verdict,
        seen: PlainLine.make(seen.masked, limit: 240), raw: raw?.cut(8_000)))
  }

  mutating func add(
    _ rule: String, if holds: Bool, _ yes: String, else no: String, raw: String? = nil
  ) {
    add(rule, holds ? .holds : .fails, holds ? yes : no, raw: raw)
  }

  /// A question of a policy's meaning: what cannot be told is unknown, never a pass.
  mutating func add(
    _ rule: String, if holds: Holds, _ yes: String, else no: String, raw: String? = nil
  ) {
    switch holds {
    case .yes: add(rule, .holds, yes, raw: raw)
    case .no: add(rule, .fails, no, raw: raw)
    case .unknown:
      let why = Blindness(kind: .other, detail: "a policy's condition cannot be judged")
      add(rule, .unknown(why), why.detail, raw: raw)
    }
  }

  /// A question that was looked at, and that nobody can answer by what was seen: unknown, and no blindness.
  mutating func add(
    _ rule: String, if holds: Holds, _ yes: String, else no: String, open: String,
    raw: String? = nil
  ) {
    guard holds == .unknown else { return add(rule, if: holds, yes, else: no, raw: raw) }
    let why = Blindness(kind: .undecided, detail: PlainLine.make(open, limit: 200))
    add(rule, .unknown(why), open, raw: raw)
  }

  /// The checks of a call that gave nothing: unknown, with its reason; nothing to check where
  /// another account owns the part and does not show it.
  mutating func blind(_ rules: [String], _ why: Blindness) {
    for rule in rules {
      if let elsewhere, why.kind == .denied || why.kind == .missing {
        add(rule, .none, elsewhere)
      } else {
        add(rule, .unknown(why), "could not look: \(why.detail)")
      }
    }
  }

  /// Judges what a call gave; its failure makes these checks unknown.
  mutating func judge<Value>(
    _ rules: String..., by reading: Reading<Value>,
    _ judge: (inout PostureSheet, Value) -> Void
  ) {
    switch reading {
    case .success(let value): judge(&self, value)
    case .failure(let why): blind(rules, why)
    }
  }
}
