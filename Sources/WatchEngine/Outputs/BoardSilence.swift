import WatchCore

/// What the last board is worth to whoever shows it when no newer one comes: a board says that the
/// watch lives, and would say so for ever. Counted in seconds of the shower's own loop and not by a
/// clock: a machine that slept makes no watch look dead.
public struct BoardSilence: Sendable {
  /// Seconds. A watch of a large estate tells of its board every eight at the latest.
  public static let limit = 15
  private var seconds = 0

  public init() {}

  /// A board has come.
  public mutating func end() { seconds = 0 }

  /// A second has gone by. Gives the board as it is to be shown from now on, where that is another:
  /// the watch gone, and what it saw judged by its age.
  public mutating func second(_ board: Board, at now: Timestamp) -> Board? {
    seconds += 1
    guard seconds >= Self.limit else { return nil }
    var aged = board
    switch board.watch {
    case .gone: break
    case .alive(let at): aged.watch = .gone(since: min(at, now), Self.why)
    case .starting: aged.watch = .gone(since: now - .seconds(seconds), Self.why)
    }
    aged.clouds = board.clouds.map { $0.judged(board.picture, at: now) }
    return aged.watch == board.watch && aged.clouds == board.clouds ? nil : aged
  }

  private static let why =
    "nothing has come from the watch for \(limit) s: what stands here is as old as that, or older"
}
