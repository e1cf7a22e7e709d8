import WatchCore

/// How alerts behave, and who must agree to what changes something.
extension PlanReader {
  /// `alerts: { chatter: { returns: 3, within: "60m", calm: "60m", steady: "15m" } }`
  mutating func readAlerts(_ value: JSON5Value) {
    guard let fields = fields(value, "alerts", ["chatter"]),
      let chatter = fields["chatter"],
      let rule = self.fields(
        chatter.value, "chatter", ["returns", "within", "calm", "steady"])
    else { return }
    if let member = rule["returns"] {
      if case .int(let count) = member.value.content, (2...50).contains(count) {
        plan.chatter.returns = Int(count)
      } else {
        problem(member.value.place, "returns is \(member.value.kind)", "write 2 to 50")
      }
    }
    if let span = span(rule, "within") { plan.chatter.within = span }
    if let span = span(rule, "calm") { plan.chatter.calm = span }
    if let span = span(rule, "steady") { plan.chatter.steady = span }
  }

  /// Not longer than a day: what is not told must come to an end.
  private mutating func span(_ fields: Fields, _ key: String) -> Duration? {
    guard let value = fields[key]?.value, let text = text(value, key) else { return nil }
    if let span = Expectation.span(text), span >= .minutes(1), span <= .hours(24) { return span }
    problem(value.place, "\(key) is \(named(text))", "write 1m to 24h, such as \"60m\"")
    return nil
  }

  /// `remedies: { approve: "two" }`
  mutating func readRemedies(_ value: JSON5Value) {
    guard let fields = fields(value, "remedies", ["approve"]), let member = fields["approve"],
      let text = text(member.value, "approve")
    else { return }
    guard let approval = Approval(rawValue: text) else {
      problem(member.value.place, "approve is \(named(text))", "write \"one\" or \"two\"")
      return
    }
    plan.approval = approval
  }
}
