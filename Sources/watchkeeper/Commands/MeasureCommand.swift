import Posix
import WatchCore
import WatchEngine
import WatchJournal
import WatchProbes

/// `watchkeeper measure SOURCES SECONDS`: for `make bench`, and in no list of commands. The watch itself, over
/// that many made-up sources, each looked at every minute, with a journal and sightings on disk: all
/// that a watch does but the calls to a cloud.
enum MeasureCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 2)
    guard let folder = arguments.value("--state"), arguments.words.count == 2,
      let count = Int(arguments.words[0]), (1...10_000).contains(count),
      let seconds = Int(arguments.words[1]), (1...3600).contains(seconds)
    else { throw ProgramError("measure SOURCES SECONDS --state DIR", status: 64) }
    let clock = ProgramClock.system
    let state = StateFolder(path: folder)
    let store = try Blocking.run { () async -> Result<StateStore, JournalError> in
      do throws(JournalError) {
        return .success(try await StateStore.open(state, clock: clock.journal, demo: true))
      } catch {
        return .failure(error)
      }
    }.get()
    let surroundings = Surroundings()
    let engine = Engine(
      plan: plan(count), picture: store.picture,
      mark: WatchMark(
        what: .start, epoch: store.epoch, host: surroundings.host, pid: surroundings.pid,
        version: Program.version),
      screen: nil, reading: clock.reading)
    let watch = Watch(
      engine: engine, me: surroundings.me, demo: "measure", probes: probes(count),
      ports: store.ports(clock: clock, epoch: store.epoch) { _, _ in
        .blind(Blindness(kind: .other, detail: "made up"))
      }, news: { _ in })
    try Blocking.run {
      let running = Task.detached { await watch.run() }
      await ProgramClock.sleep(.seconds(seconds))
      watch.stop()
      _ = await running.value
    }
    return 0
  }

  /// Ten projects' worth of account each; every tenth source learns what is usual.
  private static func plan(_ count: Int) -> WatchPlan {
    let names = Set((0..<count).map(account)).sorted()
    return WatchPlan(
      accounts: names.map { name in
        let units = (0..<count).filter { account($0) == name }.map(unit)
        return CloudAccount(cloud: .gcp, name: name, gcp: GCPAccount(units: units))
      },
      sources: (0..<count).map { index in
        SourcePlan(
          id: source(index), gcp: GCPSource(units: [unit(index).label]),
          learned: index % 10 == 0 ? [.entries: Learning()] : [:])
      },
      roles: [Role(name: "security-lead", members: ["mira"])])
  }

  private static func account(_ index: Int) -> String { "a\(index / 100)" }

  private static func unit(_ index: Int) -> CloudUnit { CloudUnit(id: "projects/acme-\(index)") }

  private static func source(_ index: Int) -> SourceID {
    SourceID(cloud: .gcp, account: account(index), name: "audit-\(index)")
  }

  private static func probes(_ count: Int) -> [Probe] {
    (0..<count).map { index in
      let place = unit(index).label
      let entries = PathID(source: source(index), kind: .entries, region: place)
      let setting = PathID(source: source(index), kind: .setting, region: place)
      let sink = PipelineSetting(
        kind: .sink, id: "projects/\(place)/sinks/archive", name: "archive",
        facts: [.init("enabled", .on(true)), .init("exclusions", .leavesOut([]))])
      return Probe(
        id: "gcp.entries \(source(index).text)", permissions: [], paths: [entries, setting]
      ) { now in
        let newest = Timestamp(seconds: now.millis / 30_000 * 30)
        return ProbeReport(
          probe: "gcp.entries", began: now, ended: now,
          looks: [
            Look(
              path: entries,
              result: .saw(.arrival(Arrival(newest: newest, newestEvent: newest, count: 2)))),
            Look(path: setting, result: .saw(.settings(SettingsSighting(settings: [sink])))),
          ])
      }
    }
  }
}
