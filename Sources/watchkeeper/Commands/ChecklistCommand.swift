import WatchCore
import WatchJournal

/// `watchkeeper checklist`: the seven lines of the validation checklist over one round, each with
/// its proof. Writes no journal: it is a look, and no watch.
enum ChecklistCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    let session = try LiveSession.make(arguments)
    guard session.plan.sources.contains(where: { $0.id.cloud == .aws }) else {
      throw ProgramError(
        "the checklist is of AWS trails, and no AWS source is configured; check looks at what is, "
          + "and screen 4 of the console lists the checks of its set-up", status: 3)
    }
    let board = try Blocking.run { () async -> Result<Board, JournalError> in
      do throws(JournalError) {
        let store = try await StateStore.open(
          session.folder, clock: session.clock.journal, demo: false)
        return .success(await Round.run(session, store, writes: false))
      } catch {
        return .failure(error)
      }
    }.get()
    let checklist = Checklist(board, at: session.clock.now())
    if arguments.has("--json") {
      Printer.json(json(checklist))
    } else {
      for line in text(checklist) { Printer.line(line) }
    }
    return checklist.exitStatus
  }

  private static func text(_ checklist: Checklist) -> [String] {
    checklist.lines.flatMap { line in
      ["\(word(line.verdict))  \(line.title)"] + line.proofs.map { "         \($0)" }
    }
  }

  private static func word(_ verdict: Checklist.Verdict) -> String {
    switch verdict {
    case .pass: "pass   "
    case .fail: "FAIL   "
    case .unknown: "unknown"
    }
  }

  private static func json(_ checklist: Checklist) -> JSON {
    .facts([
      ("schema", .int(1)), ("exit", .int(Int64(checklist.exitStatus))),
      (
        "lines",
        .array(
          checklist.lines.map { line in
            .facts([
              ("id", .string(line.id)), ("title", .string(line.title)),
              ("verdict", .string(line.verdict.rawValue)),
              ("proofs", .array(line.proofs.map(JSON.string))),
            ])
          })
      ),
    ])
  }
}
