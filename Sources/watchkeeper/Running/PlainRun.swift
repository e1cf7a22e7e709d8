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

  /// Watches until SIGTERM, SIGINT or SIGHUP.
  func follow() throws -> Int32 {
    let signals = try WakePipe()
    try Signals.install([SIGTERM, SIGINT, SIGHUP], into: signals)
    let link = try WatchLink.open(session, LiveWatch.Manner(hasScreen: false))
    var teller = ChangeTeller(seq: link.firstBoard.picture.head?.seq ?? 0)
    link.start()
    while true {
      _ = Poller.wait(
        [link.mailbox.pipe.readDescriptor, signals.readDescriptor], timeoutMillis: nil)
      _ = link.mailbox.pipe.drain()
      for letter in link.mailbox.take() {
        for line in teller.lines(letter, now: session.clock.now()) { Printer.line(line) }
      }
      if let number = signals.drain().first {
        link.stop()
        return 128 + Int32(number)
      }
    }
  }
}

/// Turns news into lines, each said once.
struct ChangeTeller {
  private var seq: Int?
  private var labels: [Cloud: String] = [:]
  private var journal: JournalLife?

  /// - Parameter seq: the last entry that was there before; nil: of the first board, the one before
  ///   the watch's own first.
  init(seq: Int?) {
    self.seq = seq
  }

  mutating func lines(_ news: WatchNews, now: Timestamp) -> [String] {
    switch news {
    case .say(let text): return ["\(now.iso) \(text)"]
    case .stalled(_, let why): return ["\(now.iso) WATCH STALLED: \(why)"]
    case .outcome: return []
    case .board(let board): return lines(board, now: now)
    }
  }

  private mutating func lines(_ board: Board, now: Timestamp) -> [String] {
    var lines: [String] = []
    for cloud in board.clouds where !cloud.paths.isEmpty && labels[cloud.cloud] != cloud.label {
      labels[cloud.cloud] = cloud.label
      lines.append("\(now.iso) \(BoardText.line(cloud, now: now))")
    }
    let known = seq ?? Self.beforeStart(board.picture)
    for entry in board.picture.recent.suffix(2 * Picture.recentLimit) where entry.seq > known {
      lines.append(JournalText.line(entry, in: board.picture))
    }
    seq = max(known, board.picture.head?.seq ?? 0)
    if case .notSaved(let why) = board.journal, journal != board.journal {
      lines.append("\(now.iso) JOURNAL NOT SAVED: \(why)")
    }
    journal = board.journal
    return lines
  }

  private static func beforeStart(_ picture: Picture) -> Int {
    let start = picture.recent.reversed().first { entry in
      if case .watch(let mark) = entry.event { mark.what == .start } else { false }
    }
    return (start ?? picture.head).map { $0.seq - 1 } ?? 0
  }
}
