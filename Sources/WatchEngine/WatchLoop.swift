import WatchCore
import WatchJournal
import WatchProbes

/// The state of a running watch between two messages.
struct WatchLoop {
  /// What only the outside can do.
  enum Request: Sendable {
    case probe(SourceID?)
    case gap(AlertID, GapProbe.Question)
    case release(PathID, [String])
    case remedy(Remedy)
    case notify(AlertNotification, channel: String, of: Int)
    case lookThere(id: String, channel: String, of: Int)
  }

  private(set) var engine: Engine
  private let me: Operator
  private let demo: String?
  private let bills: [CallBill]
  private let ports: WatchPorts
  private let news: @Sendable (WatchNews) -> Void
  private var journal: JournalLife
  private var chain: ChainLife = .unchecked
  private var pending: [Request] = []
  private var published: (paths: [PathStatus], head: String?, journal: JournalLife, at: Timestamp)?
  private var keptDetails: SeenDetails?
  /// A look at how a pipeline is set up came, and what is kept of it is older.
  private var owesDetails = false
  private var unsavedSince: Timestamp?
  /// The first entries of this watch are on disk.
  private var hasBegun = false
  /// Another watch has taken over, and how that showed.
  private(set) var superseded: String?

  /// Between two boards of which nothing but the watch's age differs.
  static let heartbeatEvery: Duration = .seconds(5)
  static let gapsEvery: Duration = .minutes(5)
  /// Of a large estate: between two judgements, and between two writings of its sightings.
  static let judgeEvery: Duration = .seconds(4)
  static let keepEvery: Duration = .seconds(30)
  private var judged: Int64?
  private var isBehind = false
  private var kept: [PathStatus] = []
  private var keptAt = Timestamp(millis: 0)
  private var gapsKept: Timestamp

  init(
    engine: Engine, me: Operator, demo: String?, bills: [CallBill] = [], ports: WatchPorts,
    news: @escaping @Sendable (WatchNews) -> Void
  ) {
    self.bills = bills
    self.engine = engine
    self.me = me
    self.demo = demo
    self.ports = ports
    self.news = news
    journal = .saved(engine.picture.head?.at)
    gapsKept = engine.now
  }

  /// The last of what is not on disk yet, before the watch ends.
  mutating func end() async {
    await keepGaps(atOnce: true)
  }

  var now: Timestamp { engine.now }

  var isSaved: Bool { if case .saved = journal { true } else { false } }

  /// Commands that have run, and whose end is in no journal yet.
  var unwritten: [Remedy] {
    engine.outcomes.compactMap { if case .remedy(let ran) = $0 { ran } else { nil } }
  }

  /// What is to be started since the last call.
  mutating func requests() -> [Request] {
    defer { pending = [] }
    return pending
  }

  /// Writes the watch's first entries; tried again until they are written.
  mutating func begin() async {
    guard !hasBegun else { return }
    if case .written = await append(engine.startEvents()) { hasBegun = true }
  }

  mutating func take(_ input: EngineInput) async {
    await begin()
    if puts(off: input) { return }
    if case .entries(let entries) = input {
      fold(entries)
      await publish()
    } else {
      let before = engine.unspent
      if case .notSaved = await perform(engine.handle(input, at: ports.clock())) {
        engine.unspend(before)
      }
      await settle()
      let paths = engine.paths()
      await keep(paths, after: input)
      if case .report(let report) = input, report.looks.contains(where: \.isDetail) {
        owesDetails = true
      }
      if owesDetails { await keepDetails() }
      await keepGaps()
      await publish(paths)
    }
  }

  /// Thousands of paths are judged every few seconds and not with each answer, and what was pushed at
  /// once. Nothing is lost by it: boundaries are exact whenever they are noticed.
  private mutating func puts(off input: EngineInput) -> Bool {
    guard engine.isLarge else { return false }
    let reading = ports.clock()
    switch input {
    case .report(let report) where !report.looks.contains(where: { $0.path.kind == .queue }):
      engine.absorb(report, at: reading)
      isBehind = true
      owesDetails = owesDetails || report.looks.contains(where: \.isDetail)
      return true
    case .entries: return false
    case .tick where judged.map({ isRecent($0, reading) }) == true: return true
    default:
      judged = reading.boot
      return false
    }
  }

  private func isRecent(_ boot: Int64, _ reading: ClockReading) -> Bool {
    reading.boot >= boot && reading.boot - boot < Self.judgeEvery.millis
  }

  /// Sightings are stored where a look changed them; of a large estate less often.
  private mutating func keep(_ paths: [PathStatus], after input: EngineInput) async {
    var isLook = isBehind
    if case .report = input { isLook = true }
    guard isLook, paths != kept else { return }
    if engine.isLarge, engine.now - keptAt < Self.keepEvery, engine.now >= keptAt { return }
    (kept, keptAt, isBehind) = (paths, engine.now, false)
    await ports.keep(paths, engine.now)
  }

  /// What was learned is written every few minutes: losing the last of it loses nothing much.
  private mutating func keepGaps(atOnce: Bool = false) async {
    guard atOnce || engine.now - gapsKept >= Self.gapsEvery, engine.takeNewGaps() else { return }
    gapsKept = engine.now
    await ports.keepGaps(engine.gapHistories)
  }

  private mutating func keepDetails() async {
    let details = SeenDetails(
      postures: engine.postures(), echoes: engine.echoes, settings: engine.settings)
    owesDetails = false
    guard details != keptDetails else { return }
    keptDetails = details
    await ports.keepDetails(details)
  }

  /// A whole round at once: judged when the last report is in, and not before.
  mutating func takeRound(_ reports: [ProbeReport]) async {
    await perform(engine.round(reports, at: ports.clock()))
    await settle()
    await ports.keep(engine.paths(), engine.now)
    await keepGaps(atOnce: true)
  }

  /// What entries bring about is written at once: told after raise, close after clear.
  private mutating func settle() async {
    for _ in 0..<4 {
      guard unsavedSince == nil else { return }
      let before = engine.unspent
      let effects = engine.handle(.tick, at: ports.clock())
      guard !effects.isEmpty else { return }
      if case .notSaved = await perform(effects) { engine.unspend(before) }
    }
  }

  mutating func answer(_ number: Int, _ command: Command, by who: Operator) async {
    switch engine.answer(command, by: who) {
    case .refused(let why): news(.outcome(number, .refused(why)))
    case .effects(let effects):
      let outcome = await perform(effects)
      await publish()
      news(.outcome(number, outcome))
      await settle()
      await publish()
    }
  }

  @discardableResult
  mutating func perform(_ effects: [EngineEffect]) async -> CommandOutcome {
    var outcome = CommandOutcome.done("")
    var appended: CommandOutcome?
    for effect in effects {
      switch effect {
      case .append(let events):
        guard !events.isEmpty else { continue }
        appended = await append(events)
      // What could not be written is tried again each second: the clouds are not asked as often.
      case .probe where appended.isLost, .accountGap where appended.isLost,
        .notify where appended.isLost, .lookThere where appended.isLost:
        continue
      case .probe(let source):
        pending.append(.probe(source))
        outcome = .done("probing \(source?.text ?? "everything") now")
      case .accountGap(let alert, let question): pending.append(.gap(alert, question))
      case .verify:
        chain = await ports.verify()
        outcome = .done(chain.text)
      case .remedy(let remedy):
        // What the journal could not be told does not happen.
        if case .written = appended { pending.append(.remedy(remedy)) }
      case .notify(let notification, let channel, let of):
        pending.append(.notify(notification, channel: channel, of: of))
      case .lookThere(let id, let channel, let of):
        pending.append(.lookThere(id: id, channel: channel, of: of))
      case .release(let path, let receipts): pending.append(.release(path, receipts))
      case .say(let text): news(.say(text))
      }
    }
    return appended ?? outcome
  }

  private mutating func append(_ events: [Event]) async -> CommandOutcome {
    switch await ports.append(events) {
    case .written(let entries):
      fold(entries)
      for entry in entries.suffix(events.count) { remark(on: entry) }
      journal = .saved(engine.picture.head?.at)
      if let since = unsavedSince {
        unsavedSince = nil
        engine.noteUnsaved(since: since)
      }
      return .written(entries.suffix(events.count))
    case .failed(let why):
      journal = .notSaved(why)
      unsavedSince = unsavedSince ?? engine.wall
      return .notSaved(why)
    case .superseded(let why):
      journal = .notSaved(why)
      superseded = why
      return .notSaved(why)
    }
  }

  /// What somebody did to the pipeline and is no alert stands on the message line: what widens it,
  /// and what was tried and refused.
  private func remark(on entry: Entry) {
    switch entry.event {
    case .change(let source, let cause, let what) where engine.now - cause.at < .minutes(30):
      news(.say("\(source.text): \(what)"))
    case .snapshot(let snapshot)
    where snapshot.what == .baseline && !snapshot.difference.isEmpty:
      let lines = snapshot.difference.joined(separator: "; ")
      news(.say("\(snapshot.source?.text ?? "trail"): \(lines)"))
    default: return
    }
  }

  /// Each entry once, in the file's order, whichever way it came.
  private mutating func fold(_ entries: [Entry]) {
    let known = engine.picture.head?.seq ?? 0
    let fresh = entries.filter { $0.seq > known }
    guard !fresh.isEmpty else { return }
    _ = engine.handle(.entries(fresh), at: ports.clock())
  }

  /// Tells of the board where something on it is new.
  mutating func publish(_ known: [PathStatus]? = nil) async {
    let paths = known ?? engine.paths()
    let head = engine.picture.head?.hash
    if let last = published, last.paths == paths, last.head == head, last.journal == journal,
      engine.wall >= last.at, engine.wall - last.at < Self.heartbeatEvery
    {
      return
    }
    published = (paths, head, journal, engine.wall)
    news(.board(board()))
  }

  func board() -> Board {
    Board(
      picture: engine.picture, clouds: engine.clouds(), journal: journal,
      watch: .alive(engine.wall), me: me, demo: demo, plan: engine.plan, chain: chain,
      postures: engine.postures(), echoes: engine.echoes, settings: engine.settings, bills: bills)
  }
}

extension Look {
  /// More than a path's state is kept of it.
  fileprivate var isDetail: Bool {
    switch result {
    case .saw(.posture), .saw(.echo), .saw(.settings): true
    default: false
    }
  }
}

extension CommandOutcome? {
  /// The entries that came before it could not be written.
  fileprivate var isLost: Bool {
    if case .notSaved? = self { true } else { false }
  }
}
