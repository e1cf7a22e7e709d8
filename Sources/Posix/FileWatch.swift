import Glibc

/// Sees what happens to the files of one directory (inotify(7)). It sees nothing that another
/// machine does on a network file system: look again by yourself from time to time.
public final class FileWatch: Sendable {
  /// To be watched for reading; then `changes()`.
  public let descriptor: Int32

  public struct Change: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      case created, modified, movedIn, movedOut, deleted
      /// Too much happened at once and some was lost: look at everything.
      case overflow
      /// The directory itself is gone or moved; nothing more will come.
      case directoryGone
    }
    public var kind: Kind
    /// The file's name in the directory; "" for the last two kinds.
    public var name: String

    public init(kind: Kind, name: String) {
      self.kind = kind
      self.name = name
    }
  }

  public init(directory: String) throws(PosixError) {
    descriptor = try check("inotify_init1") {
      inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    }
    try check("inotify_add_watch", directory) {
      inotify_add_watch(descriptor, directory, Self.mask)
    }
  }

  deinit {
    close(descriptor)
  }

  /// What happened since the last call, in order; empty when nothing did.
  public func changes() -> [Change] {
    var found: [Change] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let got = read(descriptor, &buffer, buffer.count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return found }
      found += Self.parse(buffer[..<got])
    }
  }

  private static func parse(_ bytes: ArraySlice<UInt8>) -> [Change] {
    let headerSize = MemoryLayout<inotify_event>.size
    var found: [Change] = []
    var rest = bytes
    while rest.count >= headerSize {
      let header = rest.withUnsafeBytes { $0.loadUnaligned(as: inotify_event.self) }
      let name = rest.dropFirst(headerSize).prefix(Int(header.len)).prefix { $0 != 0 }
      if let kind = kind(of: header.mask) {
        found.append(Change(kind: kind, name: String(decoding: name, as: UTF8.self)))
      }
      rest = rest.dropFirst(headerSize + Int(header.len))
    }
    return found
  }

  private static func kind(of mask: UInt32) -> Change.Kind? {
    kinds.first { mask & $0.bit != 0 }?.kind
  }

  private static let kinds: [(bit: UInt32, kind: Change.Kind)] = [
    (UInt32(IN_MODIFY), .modified), (UInt32(IN_CREATE), .created),
    (UInt32(IN_MOVED_TO), .movedIn), (UInt32(IN_MOVED_FROM), .movedOut),
    (UInt32(IN_DELETE), .deleted), (UInt32(IN_Q_OVERFLOW), .overflow),
    (UInt32(IN_DELETE_SELF), .directoryGone), (UInt32(IN_MOVE_SELF), .directoryGone),
  ]

  private static var mask: UInt32 {
    kinds.reduce(0) { $1.kind == .overflow ? $0 : $0 | $1.bit }
  }
}
