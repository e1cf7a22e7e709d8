import Posix
import WatchCore

/// The watch's own heartbeat: a file that it touches every two seconds while its loop turns, and
/// which says whose it is. Not in the journal, which would be nothing else; and by the file's time
/// alone, which needs no space on a full disk. Losing it loses no evidence.
public struct WatchBeat: Sendable, Equatable {
  public var pid: Int
  public var host: String
  public var epoch: Int
  /// The last beat, by the wall clock then.
  public var at: Timestamp
  /// The same as the file system has it: whoever looks twice compares, and trusts no clock.
  public var mark: Int64

  public init(pid: Int, host: String, epoch: Int, at: Timestamp, mark: Int64) {
    (self.pid, self.host, self.epoch) = (pid, host, epoch)
    (self.at, self.mark) = (at, mark)
  }

  public static let everyMillis: Int64 = 2000
  private static let byteLimit = 4096

  /// One beat; writes the file first where it is not there, or is not ours. Blocks.
  public static func beat(
    _ folder: StateFolder, pid: Int, host: String, epoch: Int
  ) throws(JournalError) {
    try JournalError.wrap { () throws(PosixError) in
      if let known = read(folder), known.pid == pid, known.epoch == epoch, known.host == host {
        return try File.touch(folder.beat)
      }
      let json = JSON.facts([
        ("v", 1), ("pid", .int(Int64(pid))), ("host", .string(host)),
        ("epoch", .int(Int64(epoch))), ("every_s", .int(everyMillis / 1000)),
      ])
      try Directory.create(folder.observationFolder)
      try File.replace(folder.beat, with: Array((json.line + "\n").utf8), synced: false)
    }
  }

  /// Nil where no watch ever ran here, or the file is not what a watch writes. Blocks.
  public static func read(_ folder: StateFolder) -> WatchBeat? {
    guard let facts = try? FileFacts(path: folder.beat), facts.kind == .regular,
      let bytes = try? File.readAll(folder.beat, limit: byteLimit),
      let json = try? JSON(bytes: bytes, maxDepth: 4), let pid = json["pid"]?.int,
      let host = json["host"]?.string, let epoch = json["epoch"]?.int
    else { return nil }
    return WatchBeat(
      pid: pid, host: host, epoch: epoch,
      at: Timestamp(millis: facts.modifiedNanos / 1_000_000), mark: facts.modifiedNanos)
  }
}
