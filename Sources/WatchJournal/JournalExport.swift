import Crypto
import Posix
import WatchCore

/// Copies of the journal for others to check.
public enum JournalExport {
  public enum Form: Sendable {
    /// The file's exact bytes: what `journal verify` and standard tools can check.
    case lines
    /// The same lines as the items of one JSON array; a line that is no JSON becomes a string.
    case array
  }

  /// Writes a new file and returns what was written: `SHA256  NAME`, as sha256sum(1) prints and
  /// checks it. A file that is there already is left alone. Blocks.
  public static func write(
    _ folder: StateFolder, to path: String, form: Form
  ) throws(JournalError) -> String {
    try JournalError.wrap { () throws(PosixError) in
      let source = try File.openForReading(folder.journal)
      guard try FileFacts(path: path) == nil else {
        throw PosixError(code: Self.exists, call: "open", path: path)
      }
      let copy = try File.openForAppend(path)
      var hash = SHA256()
      switch form {
      case .lines: try copyBytes(source, to: copy, &hash)
      case .array: try copyArray(source, to: copy, &hash)
      }
      try copy.sync()
      return "\(Hex.encode(hash.finish()))  \(path)"
    }
  }

  /// EEXIST (errno(3)).
  private static let exists: Int32 = 17

  private static func copyBytes(
    _ source: File, to copy: File, _ hash: inout SHA256
  ) throws(PosixError) {
    var offset = 0
    while true {
      let piece = try source.read(at: offset, count: 1 << 20)
      if piece.isEmpty { return }
      hash.update(piece)
      try copy.writeAll(piece)
      offset += piece.count
    }
  }

  private static func copyArray(
    _ source: File, to copy: File, _ hash: inout SHA256
  ) throws(PosixError) {
    var lines = JournalLines(file: source)
    var piece = Array("[".utf8)
    var isFirst = true
    while let line = try lines.next() {
      piece += Array((isFirst ? "\n" : ",\n").utf8)
      isFirst = false
      if (try? JSON(bytes: line.bytes)) != nil {
        piece += line.bytes
      } else {
        piece += Array(JSON.string(String(decoding: line.bytes, as: UTF8.self)).line.utf8)
      }
      hash.update(piece)
      try copy.writeAll(piece)
      piece = []
    }
    piece += Array("\n]\n".utf8)
    hash.update(piece)
    try copy.writeAll(piece)
  }
}
