import WatchCore
import WatchJournal
import WatchSetup

/// `watchkeeper baseline accept | list | end`: weaknesses that somebody takes on, with a reason and
/// an end. Written to the journal (acknowledgement log) beside a running watch, as the operator.
enum BaselineCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    let surroundings = Surroundings()
    let folder = try Places(arguments, surroundings).stateFolder
    let words = Array(arguments.words.dropFirst())
    switch arguments.words.first {
    case "accept": return try accept(folder, words, arguments, by: surroundings.me)
    case "end":
      try arguments.takesNone("--until", "--reason", with: "baseline end")
      return try end(folder, words, by: surroundings.me)
    case "list":
      try arguments.takesNone("--until", "--reason", with: "baseline list")
      try arguments.takesWords(atMost: 1)
      return try list(folder)
    case let other:
      throw UsageError.missing(
        "baseline needs one of accept, list, end" + (other.map { " (and not \($0))" } ?? ""))
    }
  }

  private static func accept(
    _ folder: StateFolder, _ words: [String], _ arguments: Arguments, by me: Operator
  ) throws -> Int32 {
    guard words.count == 2 else {
      throw UsageError.missing(
        "baseline accept needs CODE and SUBJECT, as docs/posture-checks.md and the alert name them")
    }
    guard let reason = arguments.value("--reason") else {
      throw UsageError.missing("baseline accept needs --reason TEXT: an assessor will read it")
    }
    guard let end = arguments.value("--until") else {
      throw UsageError.missing("baseline accept needs --until DATE, a year from now at most")
    }
    guard let until = Timestamp(iso: end) ?? Timestamp(iso: "\(end)T00:00:00Z") else {
      throw UsageError.badValue(
        "--until", end, "needs a date, as 2027-03-31, or an ISO time in UTC")
    }
    let now = ProgramClock.system.now()
    guard until > now else {
      throw UsageError.badValue("--until", end, "has passed already")
    }
    let status = try write(
      Acceptance(rule: words[0], subject: words[1], until: until, reason: reason, by: me), folder)
    if !isSeen(words[0], words[1], try OperatorEntry.picture(folder)) {
      Printer.error(
        "nothing in the journal has failed \(words[0]) for \(words[1]) so far: it is accepted in "
          + "advance; if it is a slip, take it back with baseline end")
    }
    return status
  }

  /// Whether an open alert, or what a first look found, is about just that.
  private static func isSeen(_ rule: String, _ subject: String, _ picture: Picture) -> Bool {
    let alerts = picture.open.contains { alert in
      (alert.code.text == rule || alert.evidence.contains { $0.text.contains(rule) })
        && (alert.subject == subject || alert.evidence.contains { $0.text.contains(subject) })
    }
    let first = picture.postures.values.contains { posture in
      let line = posture.content.line
      return line.contains(JSON.string(rule).line) && line.contains(JSON.string(subject).line)
    }
    return alerts || first
  }

  private static func end(
    _ folder: StateFolder, _ words: [String], by me: Operator
  ) throws -> Int32 {
    guard words.count == 2 else { throw UsageError.missing("baseline end needs CODE and SUBJECT") }
    let now = ProgramClock.system.now()
    let picture = try OperatorEntry.picture(folder)
    guard picture.accepted(words[0], words[1], at: now) != nil else {
      throw ProgramError("nothing is accepted for \(words[0]) \(words[1])", status: 65)
    }
    return try write(
      Acceptance(
        rule: words[0], subject: words[1], until: now, reason: "taken back", by: me), folder)
  }

  private static func write(_ acceptance: Acceptance, _ folder: StateFolder) throws -> Int32 {
    if let refusal = AcceptanceRules.refusal(
      of: acceptance, now: ProgramClock.system.now())
    {
      throw ProgramError(refusal, status: 65)
    }
    let entry = try OperatorEntry.append(.accept(acceptance), to: folder)
    Printer.line("entry \(entry.seq): accept \(entry.detail)")
    return 0
  }

  private static func list(_ folder: StateFolder) throws -> Int32 {
    let now = ProgramClock.system.now()
    let standing = try OperatorEntry.picture(folder).acceptances.values
      .filter { $0.until > now }
      .sorted { ($0.until, $0.rule, $0.subject) < ($1.until, $1.rule, $1.subject) }
    guard !standing.isEmpty else {
      Printer.line("nothing is accepted")
      return 0
    }
    for acceptance in standing {
      Printer.line("\(acceptance.detail(at: now)) by \(acceptance.by?.name ?? "-")")
    }
    return 0
  }
}
