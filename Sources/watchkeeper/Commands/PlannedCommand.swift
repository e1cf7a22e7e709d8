import WatchCore
import WatchJournal
import WatchSetup

/// `watchkeeper planned TEXT --from 14:00 --to 14:30 [--source ID]`, `planned list`, `planned end`:
/// announces a change of the pipeline. What is done within it raises a low alert that reads PLANNED;
/// what still holds when it is over counts in full.
enum PlannedCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    let surroundings = Surroundings()
    let places = try Places(arguments, surroundings)
    let folder = places.stateFolder
    switch arguments.words.first {
    case "list" where arguments.words.count == 1:
      try arguments.takesNone("--from", "--to", "--source", with: "planned list")
      return try list(folder)
    case "end" where arguments.words.count <= 2:
      try arguments.takesNone("--from", "--to", "--source", with: "planned end")
      return try end(folder, arguments.words.dropFirst().first, by: surroundings.me)
    case nil:
      throw UsageError.missing("planned needs a TEXT that says what will be done, or list, or end")
    default:
      try arguments.takesWords(atMost: 1)
      return try announce(arguments.words[0], arguments, places, by: surroundings.me)
    }
  }

  private static func announce(
    _ text: String, _ arguments: Arguments, _ places: Places, by me: Operator
  ) throws -> Int32 {
    guard !text.allSatisfy(\.isWhitespace) else {
      throw UsageError.missing("planned needs a TEXT that says what will be done")
    }
    guard let from = arguments.value("--from"), let to = arguments.value("--to") else {
      throw UsageError.missing("planned needs --from TIME and --to TIME, as 14:00 or an ISO time")
    }
    let source = try arguments.value("--source").map { try watched($0, arguments, places) }
    let now = ProgramClock.system.now()
    let times: PlannedTimes
    do {
      times = try PlannedTimes(
        from: from, to: to, now: now, offset: Surroundings.zone(at: now).offset)
    } catch {
      throw refusal(error, from, to)
    }
    let plan = PlannedChange(
      from: times.from, to: times.to, source: source, text: text, by: me)
    let entry = try OperatorEntry.append(.planned(plan), to: places.stateFolder)
    Printer.line("entry \(entry.seq): planned \(entry.detail)")
    return 0
  }

  /// A source of the configuration, where there is one: a change that is announced for a name that
  /// nothing has would hold nothing back.
  private static func watched(
    _ text: String, _ arguments: Arguments, _ places: Places
  ) throws -> SourceID {
    guard let source = SourceID(text: text) else {
      throw UsageError.badValue("--source", text, "needs a source's id, as aws/prod/org-trail")
    }
    guard try LiveSession.isConfigured(arguments) else { return source }
    let known = try LiveSession.plan(places).sources.map(\.id.text).sorted()
    guard known.contains(text) else {
      throw UsageError.badValue(
        "--source", text, "is not watched; there are \(known.joined(separator: ", "))")
    }
    return source
  }

  private static func refusal(
    _ problem: PlannedTimes.Problem, _ from: String, _ to: String
  ) -> UsageError {
    switch problem {
    case .unreadable(let text):
      .badValue(
        text == from ? "--from" : "--to", text, "needs a time, as 14:00 or 2027-03-31T14:00:00Z")
    case .over: .badValue("--to", to, "has passed already")
    case .backwards: .badValue("--to", to, "is not after --from \(from)")
    case .tooLong: .badValue("--to", to, "is too late: a planned change lasts 24 hours at most")
    }
  }

  private static func current(_ folder: StateFolder, at now: Timestamp) throws -> [PlannedChange] {
    try OperatorEntry.picture(folder).planned.filter { $0.to > now }.sorted { $0.from < $1.from }
  }

  private static func list(_ folder: StateFolder) throws -> Int32 {
    let now = ProgramClock.system.now()
    let plans = try current(folder, at: now)
    if plans.isEmpty { Printer.line("nothing is planned") }
    for (index, plan) in plans.enumerated() {
      let state = plan.from <= now ? "now" : "ahead"
      Printer.line(
        "\(index + 1) \(state) \(plan.detail(at: now)) by \(plan.by?.name ?? "-")")
    }
    return 0
  }

  /// The only one that is planned, or the one with the list's number.
  private static func end(
    _ folder: StateFolder, _ number: String?, by me: Operator
  ) throws -> Int32 {
    let now = ProgramClock.system.now()
    let plans = try current(folder, at: now)
    guard !plans.isEmpty else { throw ProgramError("nothing is planned", status: 65) }
    guard let index = number.map({ Int($0) ?? 0 }) ?? (plans.count == 1 ? 1 : nil) else {
      throw UsageError.missing("planned end needs the number of one of the \(plans.count) planned")
    }
    guard plans.indices.contains(index - 1) else {
      throw UsageError.badValue("planned end", number ?? "", "is no number of planned list")
    }
    var plan = plans[index - 1]
    plan.to = max(plan.from, now)
    plan.by = me
    let entry = try OperatorEntry.append(.planned(plan), to: folder)
    Printer.line("entry \(entry.seq): planned \(entry.detail)")
    return 0
  }
}
