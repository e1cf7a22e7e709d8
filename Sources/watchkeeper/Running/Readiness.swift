import Posix
import Synchronization
import WatchCore

/// What the service manager is told of a watch: ready when its first entries are on disk, and not
/// before; in words when the journal cannot be written. While it cannot be from the start, the manager is
/// asked for more time: a watch that judges and cannot write is better than none, and is not green.
final class Readiness: Sendable {
  private struct State {
    var epoch: Int?
    var place = ""
    var isReady = false
    var status: String?
    var unsaved: String?
  }

  private let notice: NotifySocket?
  private let state = Mutex(State())

  init(_ notice: NotifySocket?) {
    self.notice = notice
  }

  /// Why the journal is not saved; nil where it is.
  var unsaved: String? { state.withLock { $0.unsaved } }

  /// A watch of that number is about to write its first entries.
  func begin(_ epoch: Int, _ place: String) {
    state.withLock { $0 = State(epoch: epoch, place: place) }
  }

  func take(_ board: Board) {
    let (lines, waits) = state.withLock { state in
      var lines: [String] = []
      var status = "watch \(state.epoch ?? 0) on \(state.place)"
      switch board.journal {
      case .saved:
        state.unsaved = nil
        if !state.isReady, board.picture.lastWatch?.epoch == state.epoch {
          state.isReady = true
          lines = ["READY=1"]
        }
      case .notSaved(let why):
        state.unsaved = why
        status = "JOURNAL NOT SAVED: \(why)"
      }
      if status != state.status {
        state.status = status
        lines.append("STATUS=\(status.plainLine)")
      }
      return (lines, !state.isReady)
    }
    if !lines.isEmpty { notice?.send(lines.joined(separator: "\n")) }
    if waits { notice?.send(Self.moreTime) }
  }

  /// Whether that is news.
  func cannotBegin(_ why: String) -> Bool {
    notice?.send(Self.moreTime)
    let isNew = state.withLock { state in
      defer { state.status = why }
      return state.status != why
    }
    if isNew { notice?.send("STATUS=cannot begin: \(why.plainLine)") }
    return isNew
  }

  /// sd_notify(3): the start may take a minute more from now. The watch's boards come every five seconds.
  private static let moreTime = "EXTEND_TIMEOUT_USEC=60000000"
}
