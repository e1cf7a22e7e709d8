import Posix
import WatchCore
import WatchEngine
import WatchJournal

/// `watchkeeper check`: probes once and judges. Where no watch runs on the state folder, what it
/// finds goes into the journal; where one does, or where only some paths are looked at, it only looks.
enum CheckCommand {
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
    let only = try arguments.value("--only").map(kinds)
    let patience = try patience(arguments)
    let whole = try LiveSession.make(arguments, callSeconds: patience * Round.callShare)
    try OperatorEntry.refuseDemo(whole.folder)
    let session = try only.map { try whole.looking(onlyAt: $0) } ?? whole
    let holder = JournalLock.Holder(
      pid: session.surroundings.pid, host: session.surroundings.host, role: .check)
    let outcome = try JournalLock.take(session.folder, as: holder)
    let lease: JournalLock? = if case .taken(let lease) = outcome { lease } else { nil }
    let writes = lease != nil && only == nil
    let board = try Blocking.run { () async -> Result<Board, JournalError> in
      do throws(JournalError) {
        let store = try await StateStore.open(
          session.folder, clock: session.clock.journal, demo: false)
        return .success(
          await Round.run(session, store, writes: writes, lease: lease, patience: patience))
      } catch {
        return .failure(error)
      }
    }.get()
    withExtendedLifetime(lease) {}
    let now = session.clock.now()
    let looked = board.clouds.flatMap(\.paths).compactMap(\.looked).max()
    let watch = WatchPresence.read(session.folder, board.picture, lastLook: looked, at: now)
    form.write(
      StatusReading(board: board, watch: lease == nil ? watch : watch.ourselves(holder), now: now))
    if case .notSaved(let why) = board.journal { Printer.error("JOURNAL NOT SAVED: \(why)") }
    return form.exitStatus(board)
  }

  /// Seconds. A test hook: a machine that tests all at once is no slow cloud.
  private static func patience(_ arguments: Arguments) throws(UsageError) -> Double {
    guard let text = arguments.value("--patience") else { return Round.patience }
    guard let seconds = Double(text), seconds > 0, seconds < 3600 else {
      throw .badValue("--patience", text, "seconds are wanted")
    }
    return seconds
  }

  /// `trail,s3`
  private static func kinds(_ text: String) throws(UsageError) -> Set<PathKind> {
    var kinds: Set<PathKind> = []
    for word in text.split(separator: ",") {
      guard let kind = PathKind(rawValue: String(word)) else {
        let known = PathKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw .badValue("--only", String(word), "is no kind of path; there are \(known)")
      }
      kinds.insert(kind)
    }
    return kinds
  }
}

extension WatchPresence {
  /// This look itself was the watch.
  fileprivate func ourselves(_ holder: JournalLock.Holder) -> WatchPresence {
    WatchPresence(isAlive: true, holder: holder, lastLook: lastLook)
  }
}

extension ConsoleSession {
  /// The same with the probes of some kinds of paths alone; what is not looked at alarms nobody, and
  /// nothing of it reads ok. A source that has none of those paths is left out.
  fileprivate func looking(onlyAt kinds: Set<PathKind>) throws(UsageError) -> ConsoleSession {
    var session = self
    session.probes = probes.filter { probe in
      probe.paths.contains { kinds.contains($0.kind) }
    }
    let clouds = Set(session.probes.flatMap(\.paths).map(\.source.cloud))
    guard !clouds.isEmpty else {
      let there = Set(probes.flatMap(\.paths).map(\.kind.rawValue)).sorted()
      throw .badValue(
        "--only", kinds.map(\.rawValue).sorted().joined(separator: ","),
        "is no path of what is configured; there are \(there.joined(separator: ", "))")
    }
    session.plan.sources.removeAll { !clouds.contains($0.id.cloud) }
    for index in session.plan.sources.indices {
      session.plan.sources[index].optional.formUnion(
        PathKind.allCases.filter { !kinds.contains($0) })
    }
    return session
  }
}
