import CloudAPI
import CursesTerminal
import Foundation
import Posix
import WatchCore
import WatchEngine
import WatchJournal
import WatchSetup
import WatchProbes

/// `watchkeeper demo`: the same probes and the same engine over the same HTTP seam, answered from
/// made-up data. Its state is its own, fresh at each start, and marked in every entry.
enum DemoCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 1)
    let surroundings = Surroundings()
    let places = try Places(arguments, surroundings)
    let resources = Resources(configurationFolder: places.configurationFolder)
    guard let data = resources.demoData else {
      throw ProgramError(
        "the demo's data is not beside the program: run it from its checkout, or make install",
        status: 66)
    }
    let name = arguments.words.first ?? DemoCloud.scenarioNames[0]
    let scenario: DemoScenario
    do {
      scenario = try DemoCloud.load(name, from: data)
    } catch {
      throw ProgramError(error.plain, status: 66)
    }
    let speed = try speed(arguments)
    let start = try start(arguments) ?? scenario.start(on: ProgramClock.system.now())
    let clock = ProgramClock.demo(
      start: start, speed: speed, haste: try haste(arguments), stalls: arguments.has("--stalls"))
    let folder = StateFolder(path: arguments.value("--state") ?? places.demo(name))
    try fresh(folder)
    for acceptance in scenario.acceptances(start: start) {
      let clock = JournalClock(now: { start }, bootMillis: JournalClock.system.bootMillis)
      _ = try OperatorEntry.append(.accept(acceptance), to: folder, clock: clock, demo: true)
    }
    let accounts = accounts(scenario, start: start, clock: clock)
    let channels = scenario.deliveries()
    let label = speed == 1 ? "demo" : "demo x\(Self.text(speed))"
    let session = ConsoleSession(
      surroundings: surroundings, plan: scenario.plan, probes: accounts.probes,
      readers: accounts.readers, gap: accounts.gap,
      notify: { channels.answer($0, $1) },
      folder: folder, clock: clock, resources: resources, demo: label,
      theme: arguments.value("--theme"), ascii: arguments.has("--ascii"),
      remarks: ["DEMO \(name): \(scenario.title). Made-up data; ? shows the keys."],
      bills: accounts.bills, crashes: arguments.has("--crash"), isNoisy: arguments.has("--noise"))
    return try ScreenChoice.run(session, plain: arguments.has("--plain")) { status in
      let verify = "watchkeeper journal verify --state \(Shell.quoted(folder.path))"
      if status == 0 { Printer.line("demo over. Its journal: \(verify)") }
    }
  }

  /// The scenario's clouds, over one made-up network.
  private static func accounts(
    _ scenario: DemoScenario, start: Timestamp, clock: ProgramClock
  ) -> CloudAccounts {
    let http = scenario.http(start: start, now: clock.now)
    let aws = scenario.client(http: http)
    let others = scenario.clients(http: http)
    let clients = CloudClients(
      aws: { _ in aws }, azure: { _ in others.azure }, gcp: { _ in others.gcp })
    // The estate's time is not ours: who waits for it waits by its own.
    let live = ProbeClock.live
    let pace = ProbeClock(
      uptime: { .milliseconds(clock.boot()) }, sleep: { await live.sleep($0 / clock.speed()) })
    return CloudAccounts(
      plan: scenario.plan, clients: clients, regions: scenario.regions, clock: pace)
  }

  private static func speed(_ arguments: Arguments) throws -> Double {
    guard let text = arguments.value("--speed") else { return 10 }
    guard let speed = Double(text), speed >= 1, speed <= 60 else {
      throw UsageError.badValue("--speed", text, "a number from 1 to 60 is wanted")
    }
    return speed
  }

  /// Milliseconds. A test hook: the story gets to where it is wanted, and then waits for whoever is slow.
  private static func haste(_ arguments: Arguments) throws -> Double {
    guard let text = arguments.value("--haste") else { return .infinity }
    guard let seconds = Double(text), seconds >= 0 else {
      throw UsageError.badValue("--haste", text, "seconds of the demo's time are wanted")
    }
    return seconds * 1000
  }

  private static func start(_ arguments: Arguments) throws -> Timestamp? {
    guard let text = arguments.value("--clock") else { return nil }
    guard let time = Timestamp(iso: text) else {
      throw UsageError.badValue("--clock", text, "a time as 2026-11-20T03:00:00Z is wanted")
    }
    return time
  }

  private static func text(_ speed: Double) -> String {
    speed == speed.rounded() ? String(Int(speed)) : String(speed)
  }

  /// Empties the demo's own folder. A folder that holds a journal without the demo's mark is left
  /// alone: nothing that may be evidence is ever deleted.
  private static func fresh(_ folder: StateFolder) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: folder.path) else { return }
    guard !JournalLock.isHeld(folder) else {
      let who = JournalLock.holder(folder).map { " (\($0.text))" } ?? ""
      throw ProgramError(
        "a demo runs in \(folder.path) already\(who); --state DIR starts another", status: 75)
    }
    if files.fileExists(atPath: folder.journal) {
      var journal = JournalFile(folder: folder, clock: .system, demo: true, disk: .system)
      let entries = try journal.news()
      let isEmpty = (try? File.openForReading(folder.journal).size()) == 0
      guard isEmpty || !entries.isEmpty && entries.allSatisfy(\.demo) else {
        throw ProgramError(
          "\(folder.path) holds a journal that is not the demo's; choose another --state",
          status: 73)
      }
    }
    for path in [folder.journalFolder, folder.observationFolder, folder.lock] {
      try? files.removeItem(atPath: path)
    }
  }
}
