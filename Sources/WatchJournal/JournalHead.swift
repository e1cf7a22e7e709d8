import Posix
import WatchCore

/// The newest entry: its number and the SHA-256 of its line.
///
/// It is also written to `journal/head` after each append, once the entry is on the disk: a second
/// place that tells when somebody cut the journal's end or changed its newest line. It may lag
/// behind (a crash in between, a full disk) and never leads. Whoever rewrites both files leaves no
/// trace here: that takes an anchor elsewhere.
public struct JournalHead: Hashable, Sendable {
  public var seq: Int
  /// Hexadecimal.
  public var hash: String

  public init(seq: Int, hash: String) {
    self.seq = seq
    self.hash = hash
  }

  var line: String {
    JSON.facts([("v", 1), ("seq", .int(Int64(seq))), ("sha256", .string(hash))]).line + "\n"
  }

  init?(bytes: [UInt8]) {
    guard let json = try? JSON(bytes: bytes, maxDepth: 4), let seq = json["seq"]?.int, seq > 0,
      let hash = json["sha256"]?.string, hash.utf8.count == 64,
      hash.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.init(seq: seq, hash: hash)
  }

  /// What a head file holds.
  enum Stored: Equatable {
    case none
    case unreadable
    case head(JournalHead)

    var head: JournalHead? { if case .head(let head) = self { head } else { nil } }
  }

  static func read(_ path: String) -> Stored {
    do throws(PosixError) {
      let bytes = try File.readAll(path, limit: 1024)
      return JournalHead(bytes: bytes).map(Stored.head) ?? .unreadable
    } catch {
      return error.kind == .missing ? .none : .unreadable
    }
  }
}
