import WatchCore
import WatchJournal
import WatchSetup

/// `watchkeeper mute --for 30m --reason TEXT`, `mute end`, `mute`: notifications are withheld for a
/// while; alerts are raised, journalled and shown all the same, and that nobody is told is told.
enum MuteCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    let surroundings = Surroundings()
    let folder = try Places(arguments, surroundings).stateFolder
    let now = ProgramClock.system.now()
    switch arguments.words.first {
    case "end" where arguments.words.count == 1:
      try arguments.takesNone("--for", "--reason", with: "mute end")
      return try end(folder, by: surroundings.me, at: now)
    case nil where arguments.has("--for") || arguments.has("--reason"):
      return try begin(arguments, folder, by: surroundings.me, at: now)
    case nil: return try show(folder, at: now)
    case let word?: throw UsageError.tooMany(word)
    }
  }

  private static func begin(
    _ arguments: Arguments, _ folder: StateFolder, by me: Operator, at now: Timestamp
  ) throws -> Int32 {
    guard let text = arguments.value("--for"), let reason = arguments.value("--reason") else {
      throw UsageError.missing("mute needs --for 30m and --reason TEXT")
    }
    guard let span = Expectation.span(text) else {
      throw UsageError.badValue("--for", text, "needs a span, as 30m or 2h")
    }
    if let refusal = Mute.refusal(ofReason: reason) {
      throw UsageError.missing("--reason: \(refusal)")
    }
    if let refusal = Mute.refusal(until: now + span, reason: reason, now: now) {
      throw UsageError.badValue("--for", text, refusal)
    }
    try OperatorEntry.needsJournal(folder)
    let mark = MuteMark(.begin, until: now + span, text: reason, by: me)
    let entry = try OperatorEntry.append(.mute(mark), to: folder)
    Printer.line("entry \(entry.seq): \(entry.detail)")
    return 0
  }

  private static func end(
    _ folder: StateFolder, by me: Operator, at now: Timestamp
  ) throws -> Int32 {
    guard let mute = try OperatorEntry.picture(folder).mute(at: now) else {
      throw ProgramError("nothing is muted", status: 65)
    }
    let entry = try OperatorEntry.append(
      .mute(MuteMark(.end, of: mute.seq, by: me)), to: folder)
    Printer.line("entry \(entry.seq): the mute of entry \(mute.seq) \(entry.detail)")
    return 0
  }

  private static func show(_ folder: StateFolder, at now: Timestamp) throws -> Int32 {
    guard let mute = try OperatorEntry.picture(folder).mute(at: now) else {
      Printer.line("nothing is muted")
      return 0
    }
    Printer.line(
      "\(mute.text(at: now)), \((mute.until - now).text) left: \(mute.reason); "
        + "\(mute.withheld) notifications withheld so far")
    return 0
  }
}
