import WatchCore
import WatchEngine
import WatchJournal
import WatchSetup

/// `watchkeeper status`: what the last look saw and what the journal says; asks no cloud.
enum StatusCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    let form = try StatusForm(arguments)
    do {
      return try look(arguments, form)
    } catch {
      return try form.write(unknown: error)
    }
  }

  private static func look(_ arguments: Arguments, _ form: StatusForm) throws -> Int32 {
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
    let stored = store.observations.read()
    let isDemo = store.picture.head?.demo == true || places.stateFolder.isDemo
    let now = isDemo ? demoNow(store, stored) ?? clock.now() : clock.now()
    let board = Board(
      picture: store.picture, clouds: StoredBoard.clouds(stored, store.picture, at: now),
      me: surroundings.me, demo: isDemo ? "demo" : nil,
      plan: WatchPlan(rulesOf: store.picture, zone: ZoneTable.zone))
    let watch = WatchPresence.read(
      places.stateFolder, store.picture, lastLook: stored?.at, at: now)
    var more = [age(stored?.at, places.stateFolder, now: now)]
    if isDemo { more.append("made by the demo: no evidence of anything") }
    form.write(StatusReading(board: board, watch: watch, now: now), more: more)
    return form.exitStatus(board)
  }

  /// A demo has a clock of its own: its last traces tell its time.
  private static func demoNow(
    _ store: StateStore, _ stored: ObservationStore.Stored?
  ) -> Timestamp? {
    [stored?.at, store.picture.head?.at].compactMap { $0 }.max()
  }

  private static func age(_ seen: Timestamp?, _ folder: StateFolder, now: Timestamp) -> String {
    let beat = WatchBeat.read(folder).map { ", its last beat \($0.at.age(at: now).text) ago" } ?? ""
    let who = JournalLock.holder(folder).map { " (\($0.text)\(beat))" } ?? ""
    let watch = JournalLock.isHeld(folder) ? "a watch runs\(who)" : "no watch runs"
    guard let seen else { return "\(watch) on \(folder.path); nothing was ever seen by it" }
    return "\(watch) on \(folder.path); last look \(seen.age(at: now).text) ago"
  }
}
