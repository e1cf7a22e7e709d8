import WatchCore
import WatchEngine
import WatchJournal

/// Turns news into lines, each said once: the time in UTC first, then what it is, in words alone.
struct ChangeTeller {
  private var seq: Int?
  private var labels: [Cloud: String] = [:]
  /// Nil until the first board: what holds when somebody begins to read is the clouds' to say.
  private var states: [PathID: HeartbeatState]?
  private var journal: JournalLife?
  private var life = LifeTeller()

  /// Paths whose change is told by name, of one board.
  private static let pathLimit = 20

  /// - Parameter seq: the last entry that was there before; nil: of the first board, the one before
  ///   the watch's own first.
  init(seq: Int?) {
    self.seq = seq
  }

  mutating func lines(_ news: WatchNews, now: Timestamp) -> [String] {
    switch news {
    case .say(let text): return ["\(now.iso) \(text)"]
    case .stalled(_, let why): return ["\(now.iso) \(life.line(stalled: why))"]
    case .outcome: return []
    case .board(let board): return lines(board, now: now)
    }
  }

  private mutating func lines(_ board: Board, now: Timestamp) -> [String] {
    var lines = [life.line(board.watch)].compactMap { $0.map { "\(now.iso) \($0)" } }
    for cloud in board.clouds where !cloud.paths.isEmpty && labels[cloud.cloud] != cloud.label {
      labels[cloud.cloud] = cloud.label
      lines.append("\(now.iso) \(BoardText.line(cloud, now: now))")
    }
    lines += changes(board, now: now)
    let known = seq ?? Self.beforeStart(board.picture)
    for entry in board.picture.recent.suffix(2 * Picture.recentLimit) where entry.seq > known {
      lines.append(Self.line(entry, board.picture))
    }
    seq = max(known, board.picture.head?.seq ?? 0)
    if case .notSaved(let why) = board.journal, journal != board.journal {
      lines.append("\(now.iso) JOURNAL NOT SAVED: \(why)")
    }
    journal = board.journal
    return lines
  }

  /// Paths that are in another state than before, worst first.
  private mutating func changes(_ board: Board, now: Timestamp) -> [String] {
    let paths = board.clouds.flatMap(\.paths)
    let before = states
    states = Dictionary(paths.map { ($0.id, $0.state) }) { $1 }
    guard let before else { return [] }
    let changed = paths.filter { before[$0.id] != nil && before[$0.id] != $0.state }
      .sorted { ($0.state.rank, $0.id) < ($1.state.rank, $1.id) }
    let more = changed.count - Self.pathLimit
    return changed.prefix(Self.pathLimit).map { path in
      "\(now.iso) \(BoardText.line(path, now: now)) [was \(before[path.id]?.label ?? "-")]"
    } + (more > 0 ? ["\(now.iso) and \(more) more paths have changed"] : [])
  }

  /// `2026-11-20T03:11:58.214Z entry 428 ack A-0141 by mira: until 03:41Z`
  private static func line(_ entry: Entry, _ picture: Picture) -> String {
    let alert = entry.event.alert.map { " \($0.text)" } ?? ""
    let by = entry.event.by.map { " by \($0.name)" } ?? ""
    let detail = entry.detail(in: picture)
    var text = "\(entry.at.iso) entry \(entry.seq) \(entry.event.kind)\(alert)\(by)"
    if case .raise(let raise) = entry.event {
      text += ": \(raise.priority.rawValue) \(raise.place.text) \(raise.code.text): \(raise.what)"
      if let under = raise.under { text += ", under \(under.text)" }
    } else if !detail.isEmpty {
      text += ": \(detail)"
    }
    return text.plainLine + (entry.demo ? " [demo]" : "")
  }

  private static func beforeStart(_ picture: Picture) -> Int {
    let start = picture.recent.reversed().first { entry in
      if case .watch(let mark) = entry.event { mark.what == .start } else { false }
    }
    return (start ?? picture.head).map { $0.seq - 1 } ?? 0
  }
}
