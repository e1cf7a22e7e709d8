import CursesTerminal
import Glibc
import Posix
import TextCanvas
import WatchConsole
import WatchCore
import WatchEngine
import WatchJournal
import WatchProbes

/// A watch with a console on it, from the opened terminal to the exit status.
struct ConsoleSession: Sendable {
  var surroundings: Surroundings
  var plan: WatchPlan
  var probes: [Probe]
  /// What is pushed to us; `check` does not read it.
  var readers: [EventReader] = []
  var gap: @Sendable (GapProbe.Question, Timestamp) async -> GapProbe.Answer
  /// Sends a notification by the channel of that name; nil: nobody is told but by the screen.
  var notify: (@Sendable (AlertNotification, String) async -> ChannelAnswer)?
  /// Asks the channel of a name what became there of what it accepted under an id.
  var there: (@Sendable (_ id: String, _ channel: String) async -> ThereAnswer)?
  var folder: StateFolder
  var clock: ProgramClock
  var resources: Resources
  /// Where its rules come from; nil: from nowhere that can be named.
  var rules: RuleFile?
  /// The demo's label in the header; nil when live.
  var demo: String?
  var theme: String?
  var ascii: Bool
  /// What the operator should know at once: what the demo is, problems of themes and runbooks.
  var remarks: [String] = []
  /// What the watch's own calls cost.
  var bills: [CallBill] = []
  /// Who is told outside that the watch lives.
  var deadMan: DeadMan?
  /// The same by what the configuration file says now: for whoever has waited for the lease since it
  /// was read. Nil where it cannot be taken.
  var reread: (@Sendable () -> ConsoleSession?)?
  /// Test hooks of the demo: end by a trap; write noise on standard error.
  var crashes = false
  var isNoisy = false

  /// Runs it; gives the exit status: 0 after `q`, 128 + the signal's number after a signal.
  func run(term: String) throws -> Int32 {
    let seconds = SecondHand()
    var early: Seat?
    defer { early?.terminal.close() }
    let manner = LiveWatch.Manner(hasScreen: true, sleep: { _ in await seconds.next() })
    let link = try WatchLink.open(self, manner) { bytes in
      early = try Seat(self, term: term)
      early?.wait(bytes: bytes)
    }
    switch try show(link, seconds, early, term: term) {
    case .quit: return 0
    case .signal(let number): return 128 + number
    case .hangUp: return 128 + SIGHUP
    }
  }

  private func show(
    _ link: WatchLink, _ seconds: SecondHand, _ early: Seat?, term: String
  ) throws -> ConsoleRun.Ending {
    let state = try state(link.firstBoard)
    let seat = try early ?? Seat(self, term: term)
    let terminal = seat.terminal
    defer { terminal.close() }
    var run = try ConsoleRun(
      terminal: terminal, mailbox: link.mailbox, clock: clock, seconds: seconds, state: state,
      send: { command, id in link.send(command, number: id) })
    run.begin()
    link.start()
    if isNoisy { Printer.error("noise on standard error, as a library would make it") }
    if crashes { CrashHook.arm() }
    let ending = run.run()
    terminal.close()
    if ending == .hangUp { link.end() } else { link.stop() }
    return ending
  }

  /// What may be drawn; the process takes the user's locale with it.
  var alphabet: Alphabet {
    let locale = CharacterSet.adopt(environment: surroundings.environment)
    return ascii ? .ascii : locale
  }

  var isMonochrome: Bool {
    theme == nil && TerminalOptions.isMonochrome(surroundings.environment)
  }

  private func state(_ board: Board) throws -> ConsoleState {
    let (themes, _) = resources.themes()
    let name = theme ?? (isMonochrome ? "mono" : "default")
    guard let chosen = themes.first(where: { $0.name == name }) else {
      let known = themes.map(\.name).joined(separator: ", ")
      throw ProgramError("there is no theme \(name); there are \(known)", status: 64)
    }
    return ConsoleState(
      board: board, now: clock.now(), zone: Surroundings.zone(at: clock.now()),
      alphabet: alphabet, theme: chosen, themes: themes, runbooks: resources.runbooks().runbooks)
  }
}
