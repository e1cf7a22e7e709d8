extension LoggingFilter {
  /// Which audit logs it lets through, by their short names: those of which nothing can be kept back,
  /// whatever an entry holds. Of one that only comes through in part, or of which nothing more is known,
  /// the parts: `activity/sinks`. Nil where that cannot be told.
  public func covers(of parent: String, at time: String) -> [String]? {
    var covers: [String] = []
    for log in Self.logs {
      if matches(AuditedEntry.open(log, of: parent, at: time)) == .yes {
        covers.append(log)
        continue
      }
      let samples = AuditedEntry.samples.filter { $0.log == log }
      let answers = samples.map { matches($0.entry(of: parent, at: time)) }
      if answers.contains(.unknown) { return nil }
      covers += zip(samples, answers).filter { $0.1 == .yes }.map { "\(log)/\($0.0.about)" }
    }
    return covers
  }

  /// Which audit logs it catches something of, or may: what an exclusion takes away.
  public func touches(of parent: String, at time: String) -> [String] {
    Self.logs.filter { log in
      AuditedEntry.samples.contains {
        $0.log == log && matches($0.entry(of: parent, at: time)) != .no
      }
    }
  }

  /// Whether the heart of a log comes through: for `activity`, changes of sinks and of access.
  public func carries(_ log: String, of parent: String, at time: String) -> RuleAnswer {
    .all(
      AuditedEntry.samples.filter { $0.log == log && $0.isCore }.map {
        matches($0.entry(of: parent, at: time))
      })
  }

  private static let logs = ["activity", "data_access", "system_event", "policy"]
}
