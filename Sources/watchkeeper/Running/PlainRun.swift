import Glibc
import Posix
import WatchCore
import WatchEngine
import WatchJournal

/// The watch without a screen: one round in words, or a line for each change until it is ended.
/// No escape sequence at all: for a log, a pipe, a screen reader.
struct PlainRun {
  var session: ConsoleSession

  /// Looks once, says what it saw, and gives the status that `check` would.
  func once() throws -> Int32 {
    let (session, clock) = (session, session.clock)
    let isDemo = session.demo != nil
    let board = try Blocking.run { () async -> Result<Board, JournalError> in
      do throws(JournalError) {
        let store = try await StateStore.open(
          session.folder, clock: clock.journal, demo: isDemo)
        return .success(await Round.run(session, store, writes: false))
      } catch {
        return .failure(error)
      }
    }.get()
    for line in BoardText.lines(board, now: clock.now()) { Printer.line(line) }
    return CheckVerdict.exitStatus(board)
  }

  /// Watches until SIGTERM, SIGINT or SIGHUP, or until nobody reads what it says.
  func follow() throws -> Int32 {
    let signals = try WakePipe()
    try Signals.install([SIGTERM, SIGINT, SIGHUP], into: signals)
    let link = try WatchLink.open(session, LiveWatch.Manner(hasScreen: false))
    var news = PlainNews(link.firstBoard)
    link.start()
    let reader = StandardOutput.canBreak ? [STDOUT_FILENO] : []
    while true {
      let outcome = Poller.wait(
        [link.mailbox.pipe.readDescriptor, signals.readDescriptor] + reader,
        timeoutMillis: news.millisLeft)
      _ = link.mailbox.pipe.drain()
      var isHeard = true
      if case .ready(let ready) = outcome { isHeard = !ready.hungUp.contains(STDOUT_FILENO) }
      // Asked before its letters are taken: what it said last is among them.
      let hasEnded = link.mailbox.isEnded
      let lines = news.lines(link.mailbox.take(), now: session.clock.now())
      for line in lines where isHeard { isHeard = Printer.isTaken(line: line) }
      if let number = signals.drain().first ?? (isHeard ? nil : UInt8(SIGPIPE)) {
        link.stop()
        // The last entry, too.
        let last = news.lines(link.mailbox.take(), now: session.clock.now())
        for line in last where isHeard { Printer.line(line) }
        return 128 + Int32(number)
      }
      if hasEnded {
        throw ProgramError(
          "the watch has ended, and nobody asked it to: start it again", status: 70)
      }
    }
  }
}

/// What is said of a watch that is followed: its news, and that none come any more.
private struct PlainNews {
  private var teller: ChangeTeller
  private var board: Board
  private var silence = BoardSilence()
  private var next = MonotonicClock.millis() + 1000

  init(_ board: Board) {
    self.board = board
    teller = ChangeTeller(seq: board.picture.head?.seq ?? 0)
  }

  /// To the next second.
  var millisLeft: Int { Int(max(0, next - MonotonicClock.millis())) }

  mutating func lines(_ letters: [WatchNews], now: Timestamp) -> [String] {
    var lines: [String] = []
    for letter in letters {
      if case .board(let newer) = letter {
        board = newer
        silence.end()
      }
      lines += teller.lines(letter, now: now)
    }
    guard millisLeft == 0 else { return lines }
    next = MonotonicClock.millis() + 1000
    if let aged = silence.second(board, at: now) {
      board = aged
      lines += teller.lines(.board(aged), now: now)
    }
    return lines
  }
}
