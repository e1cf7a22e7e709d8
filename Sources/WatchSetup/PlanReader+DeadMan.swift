import WatchCore

extension PlanReader {
  /// `dead_man: { url_from: "env:HEALTHCHECK_URL", every: "1m" }`
  mutating func readDeadMan(_ value: JSON5Value) {
    guard let fields = fields(value, "dead_man", ["url_from", "every"]) else { return }
    guard let member = fields["url_from"] else {
      problem(fields.place, "url_from is missing", "add url_from: \"env:HEALTHCHECK_URL\"")
      return
    }
    guard let text = text(member.value, "url_from") else { return }
    guard let place = SecretPlace(text) else {
      // The value is not shown: it may be the URL itself, and that is the secret.
      problem(
        member.value.place, "url_from does not name a place",
        "write \"env:NAME\" or \"file:PATH\"")
      return
    }
    plan.deadMan = DeadManPlan(url: place, every: every(fields) ?? .minutes(1))
  }

  private mutating func every(_ fields: Fields) -> Duration? {
    guard let value = fields["every"]?.value, let text = text(value, "every") else { return nil }
    if let span = Expectation.span(text), span >= .seconds(30), span <= .hours(24) { return span }
    problem(value.place, "every is \(named(text))", "write 30s to 24h, such as \"1m\"")
    return nil
  }
}
