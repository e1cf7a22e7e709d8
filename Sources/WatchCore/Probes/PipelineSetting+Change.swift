extension PipelineSetting {
  /// What became of a setting between two looks.
  public struct Change: Hashable, Sendable {
    /// What it is raised as where coverage shrank or moved; nil: an entry and no alert.
    public var code: FailureCode?
    /// Field by field: `categories: Security gone`, `destination a -> b`.
    public var lines: [String]

    public init(code: FailureCode?, lines: [String]) {
      self.code = code
      self.lines = lines
    }
  }

  /// What is raised when a setting of this kind, which we watched, is gone; nil: going is no harm.
  public var goneCode: FailureCode? {
    switch kind {
    case .diagnosticSetting: "azure.setting.deleted"
    case .sink: "gcp.sink.deleted"
    case .exclusions, .auditConfig: nil
    }
  }

  /// Compares with an earlier look at the same setting; nil where nothing differs.
  ///
  /// - Parameter implies: whether all that a first filter lets through comes through a second one too.
  public func change(
    from old: PipelineSetting, implies: (String, String) -> Bool = { _, _ in false }
  ) -> Change? {
    var lines: [String] = []
    var codes: [FailureCode] = []
    for name in Self.names(old, self) {
      guard let step = Self.step(name, old.fact(name), fact(name), implies) else { continue }
      lines += step.lines
      switch step.harm {
      case .narrows: codes.append(narrowedCode)
      case .moves: codes.append(movedCode)
      case .none: break
      }
    }
    guard !lines.isEmpty else { return nil }
    // What is lost says more than where the rest now goes.
    return Change(code: codes.first { $0 == narrowedCode } ?? codes.first, lines: lines)
  }

  private var narrowedCode: FailureCode {
    switch kind {
    case .diagnosticSetting: "azure.setting.narrowed"
    case .sink: "gcp.sink.narrowed"
    case .exclusions: "gcp.exclusion.added"
    case .auditConfig: "gcp.auditconfig.weakened"
    }
  }

  private var movedCode: FailureCode {
    kind == .diagnosticSetting ? "azure.setting.remapped" : narrowedCode
  }

  private static func names(_ old: PipelineSetting, _ new: PipelineSetting) -> [String] {
    var seen: Set<String> = []
    return (old.facts + new.facts).map(\.name).filter { seen.insert($0).inserted }
  }

  private enum Harm { case narrows, moves, none }

  private typealias Step = (lines: [String], harm: Harm)

  private static func step(
    _ name: String, _ old: Value?, _ new: Value?, _ implies: (String, String) -> Bool
  ) -> Step? {
    guard old != new else { return nil }
    switch (old, new) {
    case (.covers(let before)?, .covers(let after)?):
      // The clouds send names of categories and log types in either case.
      return sets(
        name, lost: less(before, after, caseless: true), won: less(after, before, caseless: true),
        losingHurts: true)
    case (.leavesOut(let before)?, .leavesOut(let after)?):
      return sets(name, lost: less(before, after), won: less(after, before), losingHurts: false)
    case (.leavesOut(let before)?, nil):
      return sets(name, lost: before, won: [], losingHurts: false)
    case (nil, .leavesOut(let after)?):
      return sets(name, lost: [], won: after, losingHurts: false)
    case (.covers(let before)?, nil):
      return sets(name, lost: before, won: [], losingHurts: true)
    case (.place(let before)?, .place(let after)?):
      // A first destination of its kind beside the others takes nothing away.
      return ([line(name, before, after)], before == nil ? .none : .moves)
    case (.on(let before)?, .on(let after)?):
      // That it is off now is a condition: a check of the posture catalogue raises it.
      return (["\(name) \(before) -> \(after)"], .none)
    case (.filter(let before, let had)?, .filter(let after, let has)?):
      return filter(name, before, had, after, has, implies)
    case (.exclusion(let before, _)?, .exclusion(let after, of: let logs)?):
      guard before != after else { return nil }
      let harm: Harm = logs.isEmpty || implies(after, before) ? .none : .narrows
      return ([line(name, before, after)], harm)
    case (.exclusion?, nil), (nil, .exclusion?):
      // What comes and goes is told by what is left out.
      return nil
    default:
      let (before, after) = (old.map(text), new.map(text))
      return before == after ? nil : ([line(name, before, after)], .none)
    }
  }

  private static func less(
    _ all: [String], _ others: [String], caseless: Bool = false
  ) -> [String] {
    guard caseless else { return all.filter { !others.contains($0) } }
    let known = Set(others.map { $0.lowercased() })
    return all.filter { !known.contains($0.lowercased()) }
  }

  private static func sets(
    _ name: String, lost: [String], won: [String], losingHurts: Bool
  ) -> Step? {
    let lines = lost.map { "\(name): \($0) gone" } + won.map { "\(name): \($0) new" }
    guard !lines.isEmpty else { return nil }
    let hurts = losingHurts ? !lost.isEmpty : !won.isEmpty
    return (lines, hurts ? .narrows : .none)
  }

  /// By what it lets through; any other text may let less through, but where a log comes through whole
  /// or the form says that it is no less.
  private static func filter(
    _ name: String, _ before: String, _ had: [String]?, _ after: String, _ has: [String]?,
    _ implies: (String, String) -> Bool
  ) -> Step? {
    guard before != after || had != has else { return nil }
    let isNew = before != after
    var lines = isNew ? [line(name, before, after)] : []
    if isNew, implies(before, after) { return (lines, .none) }
    guard let had, let has else {
      lines.append("what it lets through cannot be told")
      return (lines, isNew ? .narrows : .none)
    }
    var harm = Harm.none
    for log in logs(of: had) where !has.contains(log) {
      // A log that now comes through whole has lost none of its parts: `activity/sinks`.
      let isPartly = logs(of: has).contains(log)
      // The same words let through what they did, however much of it we know.
      if isPartly, !isNew { continue }
      let lost = less(had, has).filter { $0.hasPrefix("\(log)/") }
      if isPartly, lost.isEmpty {
        lines.append("\(log) perhaps no longer let through as before")
      } else if isPartly {
        lines += lost.map { "\($0) no longer let through" }
      } else {
        lines.append("\(log) no longer let through")
      }
      harm = .narrows
    }
    return (lines, harm)
  }

  /// `activity` of `activity/sinks`, each once.
  private static func logs(of parts: [String]) -> [String] {
    var logs: [String] = []
    for part in parts {
      let log = part.split(separator: "/").first.map(String.init) ?? part
      if !logs.contains(log) { logs.append(log) }
    }
    return logs
  }

  fileprivate static func line(_ name: String, _ before: String?, _ after: String?) -> String {
    "\(name) \(before ?? "none") -> \(after ?? "none")"
  }

  fileprivate static func text(_ value: Value) -> String {
    switch value {
    case .covers(let all), .leavesOut(let all): all.joined(separator: ", ")
    case .place(let text), .note(let text): text ?? "none"
    case .on(let flag): String(flag)
    case .filter(let text, _), .exclusion(let text, _): text
    }
  }
}

extension PipelineSetting.Fact {
  /// `destination storage.googleapis.com/acme-audit`
  public var line: String { "\(name) \(PipelineSetting.text(value))" }
}
