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

  /// Sightings that are old, or from a clock ahead of ours, prove nothing: their paths are blind.
  private static func board(
    _ store: StateStore, _ stored: ObservationStore.Stored?, me: Operator, at now: Timestamp
  ) -> Board {
    let paths = (stored?.paths ?? []).map { path in
      var path = path
      let looked = path.looked ?? stored?.at ?? now
      let stale = Engine.staleAfter(path.id.kind)
      if path.state != .off, now - looked > stale || looked > now + .minutes(1) {
        (path.state, path.since) = (.blind, min(looked + stale, now))
        path.reason = "last look \(looked.iso)"
      }
      return path
    }
    let clouds = Cloud.allCases.map { cloud in
      CloudStatus(
        cloud: cloud,
        accounts: Set(paths.filter { $0.id.source.cloud == cloud }.map(\.id.source.account))
          .sorted(),
        paths: paths.filter { $0.id.source.cloud == cloud }, open: store.picture.open(on: cloud))
    }
    let isDemo = store.picture.head?.demo == true
    return Board(
      picture: store.picture, clouds: clouds, me: me, demo: isDemo ? "demo" : nil)
  }

  private static func age(_ seen: Timestamp?, _ folder: StateFolder, now: Timestamp) -> String {
    let watch = JournalLock.isHeld(folder) ? "a watch runs" : "no watch runs"
    guard let seen else { return "\(watch) on \(folder.path); nothing was ever seen by it" }
    return "\(watch) on \(folder.path); last look \(seen.age(at: now).text) ago"
  }
}
