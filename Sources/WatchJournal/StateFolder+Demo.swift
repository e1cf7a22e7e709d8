import Posix
import WatchCore

extension StateFolder {
  /// Whether the demo made it, as the journal's first entry says: the demo begins with a fresh journal,
  /// and marks every entry.
  public var isDemo: Bool {
    guard let file = try? File.openForReading(journal) else { return false }
    var lines = JournalLines(file: file)
    guard let line = try? lines.next(), let json = try? JSON(bytes: line.bytes) else {
      return false
    }
    return Entry(json: json, hash: line.hash)?.demo ?? false
  }
}
