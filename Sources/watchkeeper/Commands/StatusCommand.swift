import WatchCore
import WatchEngine
import WatchJournal
import WatchSetup

/// `watchkeeper status`: what the last look saw and what the journal says; asks no cloud.
enum StatusCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    let surroundings = Surroundings()
    let places = try Places(arguments, surroundings)
    let clock = ProgramClock.system
    let store = try Blocking.run { () async -> Result<StateStore, JournalError> in
      do throws(JournalError) {
        return .success(
          try await StateStore.open(places.stateFolder, clock: clock.journal, demo: false))
      } catch {
        return .failure(error)
      }
    }.get()
    let now = clock.now()
    let stored = store.observations.read()
    let board = board(store, stored, me: surroundings.me, at: now)
    if arguments.has("--json") {
      Printer.json(BoardJSON.object(board, now: now))
    } else {
      for line in BoardText.lines(board, now: now) { Printer.line(line) }
      Printer.line(age(stored?.at, places.stateFolder, now: now))
      if board.demo != nil { Printer.line("made by the demo: no evidence of anything") }
    }
    return CheckVerdict.exitStatus(board)
  }

  private static func board(
    _ store: StateStore, _ stored: ObservationStore.Stored?, me: Operator, at now: Timestamp
  ) -> Board {
    let isDemo = store.picture.head?.demo == true
    return Board(
      picture: store.picture, clouds: StoredBoard.clouds(stored, store.picture, at: now), me: me,
      demo: isDemo ? "demo" : nil)
  }

  private static func age(_ seen: Timestamp?, _ folder: StateFolder, now: Timestamp) -> String {
    let beat = WatchBeat.read(folder).map { ", its last beat \($0.at.age(at: now).text) ago" } ?? ""
    let who = JournalLock.holder(folder).map { " (\($0.text)\(beat))" } ?? ""
    let watch = JournalLock.isHeld(folder) ? "a watch runs\(who)" : "no watch runs"
    guard let seen else { return "\(watch) on \(folder.path); nothing was ever seen by it" }
    return "\(watch) on \(folder.path); last look \(seen.age(at: now).text) ago"
  }
}
