extension RunbookValues {
  /// What an alert knows at a moment: the values that its raise entry keeps, its place and times, and
  /// who caused it.
  public init(alert: Alert, at now: Timestamp) {
    self.init()
    for member in alert.values {
      if let name = Name(rawValue: member.key) { self[name] = member.value.string }
    }
    fill(.alert, alert.id.text)
    fill(.source, alert.source.text)
    fill(.subject, alert.subject)
    fill(.region, alert.place.region == "global" ? nil : alert.place.region)
    fill(.account, self[.trailARN].flatMap(Self.account(inARN:)))
    fill(.since, "\(alert.failed.date)T\(alert.failed.clock)")
    fill(.day, String(now.date.map { $0 == "-" ? "/" : $0 }))
    fill(.actor, alert.cause?.actor)
    fill(.from, alert.cause?.from)
    fill(.eventID, alert.cause?.event)
  }

  private mutating func fill(_ name: Name, _ value: String?) {
    if self[name] == nil { self[name] = value }
  }

  /// The fifth part of `arn:partition:service:region:account:resource`.
  private static func account(inARN arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count >= 6 && parts[0] == "arn" ? String(parts[4]) : nil
  }
}
