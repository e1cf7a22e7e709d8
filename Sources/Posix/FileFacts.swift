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
  }

  /// Whether somebody who is not the owner may write.
  public var isWritableByOthers: Bool { mode & 0o022 != 0 }
}
