import Glibc

/// What the system says about a name or an open file (stat(2)), without following a symbolic link.
public struct FileFacts: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case regular, directory, link, other
  }

  public var kind: Kind
  /// The permission bits: 0o600.
  public var mode: Int
  public var owner: UInt32
  /// Bytes.
  public var size: Int
  /// When the content was last changed, or the file touched, by the machine's wall clock:
  /// nanoseconds since 1970-01-01T00:00:00Z.
  public var modifiedNanos: Int64

  /// Nil when nothing has that name; a link is described itself.
  public init?(path: String) throws(PosixError) {
    var status = stat()
    do {
      try check("lstat", path) { lstat(path, &status) }
    } catch  where error.code == ENOENT {
      return nil
    }
    self.init(status)
  }

  public init(of file: File) throws(PosixError) {
    var status = stat()
    try check("fstat", file.path) { fstat(file.descriptor, &status) }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .other
      }
    mode = Int(status.st_mode & 0o7777)
    owner = status.st_uid
    size = Int(status.st_size)
    modifiedNanos = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }

  /// Whether somebody who is not the owner may write.
  public var isWritableByOthers: Bool { mode & 0o022 != 0 }
}
