import CursesTerminal
import Glibc
import Posix
import TextCanvas
import WatchConsole
import WatchCore
import WatchEngine

/// The console on the main thread: one `poll` over keyboard, mailbox, signals and the second.
/// It owns the terminal and blocks nowhere else; nothing here waits for network or disk.
struct ConsoleRun {
  private let terminal: Terminal
  private let mailbox: Mailbox
  private let signals: WakePipe
  private let clock: ProgramClock
  private let send: (Command, Int) -> Void
  private let seconds: SecondHand
  private var state: ConsoleState
  private var nextTick: Int64
  private var silence = BoardSilence()
  private var saysEnded = false
  private var ending: Ending?

  /// How it ended: by the operator, by a signal, or because the terminal went away.
  enum Ending: Equatable {
    case quit
    case signal(Int32)
    case hangUp
  }

  private static let caught = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]

  init(
    terminal: Terminal, mailbox: Mailbox, clock: ProgramClock, seconds: SecondHand,
    state: ConsoleState, send: @escaping (Command, Int) -> Void
  ) throws(PosixError) {
    self.terminal = terminal
    self.mailbox = mailbox
    self.clock = clock
    self.seconds = seconds
    self.state = state
    self.send = send
    signals = try WakePipe()
    try Signals.install(Self.caught, into: signals)
    nextTick = MonotonicClock.millis() + 1000
  }

  /// Shows the first frame; no network has been asked yet.
  mutating func begin() {
    take(.event(.resized(columns: terminal.size.columns, rows: terminal.size.rows)))
    draw()
  }

  /// Runs until somebody or something ends it.
  mutating func run() -> Ending {
    while true {
      waitAndTake()
      if let ending { return ending }
      draw()
    }
  }

  private mutating func waitAndTake() {
    let left = max(0, nextTick - MonotonicClock.millis())
    let outcome = Poller.wait(
      [terminal.inputDescriptor, mailbox.pipe.readDescriptor, signals.readDescriptor],
      writable: terminal.waitingOutput.map { [$0] } ?? [], timeoutMillis: Int(left))
    if case .ready(let ready) = outcome, ready.hungUp.contains(terminal.inputDescriptor) {
      ending = .hangUp
      return
    }
    takeSignals()
    for event in terminal.readEvents() {
      if event == .hangUp { ending = .hangUp }
      take(.event(event))
    }
    takeLetters()
    if MonotonicClock.millis() >= nextTick {
      nextTick = MonotonicClock.millis() + 1000
      state.zone = Surroundings.zone(at: clock.now())
      take(.tick(clock.now()))
      if let aged = silence.second(state.board, at: clock.now()) { take(.board(aged)) }
      seconds.tick()
    }
  }

  private mutating func takeLetters() {
    _ = mailbox.pipe.drain()
    // Asked before its letters are taken: what it said last is among them.
    let hasEnded = mailbox.isEnded
    for letter in mailbox.take() {
      switch letter {
      case .board(let board):
        silence.end()
        take(.board(board))
      case .outcome(let number, let outcome): take(.outcome(number, outcome))
      case .say(let text): take(.message(Message(text)))
      case .stalled(let span, let why): lose(since: clock.now() - span, why)
      }
    }
    if hasEnded, !saysEnded {
      saysEnded = true
      lose(
        since: clock.now(), "this console's watch has ended, and nobody asked it to: start it again"
      )
    }
  }

  private mutating func lose(since: Timestamp, _ why: String) {
    var board = state.board
    board.watch = .gone(since: since, why)
    take(.board(board))
  }

  private mutating func takeSignals() {
    for number in signals.drain().map(Int32.init) {
      switch number {
      case SIGTSTP: terminal.suspend()
      case SIGCONT: terminal.reclaim()
      case SIGWINCH: break
      default: ending = .signal(number)
      }
    }
  }

  private mutating func take(_ input: ConsoleInput) {
    for effect in state.handle(input) {
      switch effect {
      case .command(let id, let command): send(command, id)
      case .quit: ending = .quit
      case .suspend: terminal.suspend()
      case .redraw: terminal.redraw()
      case .bell: Printer.write("\u{7}", to: STDOUT_FILENO)
      }
    }
  }

  private func draw() {
    terminal.draw(Console.render(state))
  }
}
