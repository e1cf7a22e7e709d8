import Posix
import Synchronization
import WatchCore
import WatchEngine
import WatchJournal

/// The state of an attended watch between two messages.
struct AttendedLoop {
  private let session: ConsoleSession
  private let store: StateStore
  private let news: @Sendable (WatchNews) -> Void
  /// Judges nothing here: it knows the rules that acts are allowed by, and folds the journal.
  private var engine: Engine
  private var stored: ObservationStore.Stored?
  private var sightings: SightingMarks?
  private var details = SeenDetails()
  private var life = WatchLife.starting
  /// Why a request would be nobody's; nil where somebody holds the lease.
  private var unheard: String?
  private var journal: JournalLife
  /// Why there is nothing new to be read of a watch that lives; nil where it writes.
  private var cannotWrite: String?
  /// Commands that have run here, and whose end is in no journal yet.
  private(set) var unwritten: [Remedy] = []
  private var chain = ChainLife.unchecked
  private var asked = 0
  private var published:
    (head: String?, sightings: SightingMarks?, journal: JournalLife, at: Timestamp)?
  private var shown = WatchLife.starting

  init(
    session: ConsoleSession, store: StateStore, engine: Engine,
    news: @escaping @Sendable (WatchNews) -> Void
  ) {
    (self.session, self.store, self.engine, self.news) = (session, store, engine, news)
    journal = .saved(engine.picture.head?.at)
  }

  mutating func begin() async {
    if let theirs = engine.otherConfiguration { news(.say(theirs)) }
    await readSightings()
    publish()
  }

  /// Each entry once, in the file's order, whichever way it came.
  mutating func fold(_ entries: [Entry]) {
    let known = engine.picture.head?.seq ?? 0
    let fresh = entries.filter { $0.seq > known }
    guard !fresh.isEmpty else { return }
    _ = engine.handle(.entries(fresh), at: session.clock.reading)
    journal = .saved(engine.picture.head?.at)
  }

  mutating func take(
    _ look: LeaseView.Look, _ finding: LeaseView.Finding, canWrite: Bool
  ) async {
    let now = session.clock.now()
    _ = engine.handle(.entries([]), at: session.clock.reading)
    let who = look.holder.map { " (\($0.text))" } ?? ""
    (unheard, cannotWrite) = (nil, nil)
    switch finding {
    case .alive(let looks):
      if !canWrite {
        cannotWrite =
          "the watch\(who) lives and cannot write (is the disk full?): what it sees since is not "
          + "here; it says why itself"
      }
      life = look.holder?.role == .check ? .starting : .alive(now - .seconds(looks))
    case .still(let looks), .lost(let looks):
      life = .gone(
        since: now - .seconds(looks),
        "the watch\(who) holds the lease and stands still; this console takes over if it does not "
          + "move for \(LeaseView.lostAfter(look)) s")
    case .gone(let looks):
      life = .gone(
        since: now - .seconds(looks),
        "the watch\(who) has ended; this console takes over if none comes")
      unheard =
        "the watch is gone, nobody probes now: whoever takes it over, this console within "
        + "\(LeaseView.patience + 2) s, looks at everything"
    }
    await readSightings()
    _ = await writeUnwritten()
  }

  private mutating func readSightings() async {
    let (observations, folder, known) = (store.observations, session.folder, sightings)
    let read = await PosixThread.run(named: "sightings") {
      let marks = SightingMarks(folder)
      return (
        marks, marks.paths == known?.paths ? nil : observations.read(),
        marks.details == known?.details ? nil : SeenDetails.read(folder)
      )
    }
    sightings = read.0
    if read.0.paths != known?.paths { stored = read.1 }
    if let details = read.2 { self.details = details }
  }

  /// Does a command; gives the remedy that is to be run now, if it is one.
  mutating func answer(_ number: Int, _ command: Command, by who: Operator) async -> Remedy? {
    switch command {
    case .probe(let id):
      let source = id.flatMap { engine.picture.alerts[$0]?.source }
      news(.outcome(number, await ask(source)))
      return nil
    case .verify:
      chain = await store.chain(at: session.clock.now())
      news(.outcome(number, .done(chain.text)))
      return nil
    default: break
    }
    let (outcome, answer) = await write { $0.answer(command, by: who) }
    news(.outcome(number, outcome))
    guard case .written = outcome, case .effects(let effects)? = answer else { return nil }
    return effects.lazy.compactMap { if case .remedy(let remedy) = $0 { remedy } else { nil } }
      .first
  }

  /// It has run here, by the operator's own permissions: written, and looked at by the watch.
  mutating func remedied(_ remedy: Remedy) async {
    unwritten.append(remedy)
    guard let why = await writeUnwritten() else { return }
    news(.say("\(remedy.detail.shortened(to: 80)): not in the journal yet: \(why)"))
  }

  /// Tried again at each look; gives why it could not be.
  private mutating func writeUnwritten() async -> String? {
    while let remedy = unwritten.first {
      let (outcome, _) = await write { _ in .effects([.append([.remedy(remedy)])]) }
      if case .notSaved(let why) = outcome { return why }
      unwritten.removeFirst()
      _ = await ask(engine.picture.alerts[remedy.alert]?.source)
    }
    return nil
  }

  /// What this process has begun, and nobody else will write.
  mutating func end(_ remedies: [Remedy]) async {
    unwritten += remedies
    if let why = await writeUnwritten() { news(.say("not in the journal: \(why)")) }
  }

  /// Whoever sits before this screen is told by it: an entry, once.
  mutating func tell() async {
    guard !engine.screenEvents().isEmpty else { return }
    _ = await write { .effects([.append($0.screenEvents())]) }
  }

  /// Writes what the rules allow by what the journal holds at that very moment.
  private mutating func write(
    _ decide: @escaping @Sendable (Engine) -> CommandAnswer
  ) async -> (CommandOutcome, CommandAnswer?) {
    let (engine, reading) = (engine, session.clock.reading)
    let answer = Mutex<CommandAnswer?>(nil)
    let known = engine.picture.head?.seq ?? 0
    do throws(JournalError) {
      let appended = try await store.journal.appendSeeing(epoch: nil) { before in
        var engine = engine
        _ = engine.handle(.entries(before.filter { $0.seq > known }), at: reading)
        let decided = decide(engine)
        answer.withLock { $0 = decided }
        return decided.events
      }
      fold(appended.before + appended.entries)
      journal = .saved(self.engine.picture.head?.at)
      let decided = answer.withLock { $0 }
      if case .refused(let why)? = decided { return (.refused(why), decided) }
      return (.written(appended.entries), decided)
    } catch {
      journal = .notSaved("\(error)")
      return (.notSaved("\(error)"), nil)
    }
  }

  private mutating func ask(_ source: SourceID?) async -> CommandOutcome {
    if let unheard { return .refused(unheard) }
    asked += 1
    let (requests, name) = (
      RequestFolder(session.folder), "probe-\(session.surroundings.pid)-\(asked % 16)"
    )
    let left = await PosixThread.run(named: "request") {
      Result { () throws(JournalError) in try requests.leave(.probe(source), name: name) }
    }
    switch left {
    case .success: return .done("the watch probes \(source?.text ?? "everything") now")
    case .failure(let error): return .refused("the watch cannot be asked: \(error)")
    }
  }

  /// Tells of the board where something on it is new.
  mutating func publish() {
    let journal = cannotWrite.map(JournalLife.notSaved) ?? journal
    let (head, now) = (engine.picture.head?.hash, session.clock.now())
    if let last = published, last.head == head, last.sightings == sightings,
      last.journal == journal, shown.isLike(life), now >= last.at, now - last.at < .seconds(5)
    {
      return
    }
    published = (head, sightings, journal, now)
    shown = life
    news(.board(board(journal, at: now)))
  }

  private func board(_ journal: JournalLife, at now: Timestamp) -> Board {
    Board(
      picture: engine.picture,
      clouds: StoredBoard.clouds(stored, engine.picture, at: now), journal: journal, watch: life,
      me: session.surroundings.me, plan: session.plan, chain: chain, postures: details.postures,
      echoes: details.echoes, settings: details.settings, bills: session.bills)
  }
}
