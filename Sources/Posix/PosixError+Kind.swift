import Glibc

extension PosixError {
  /// The failures that somebody can do something about, by what there is to do (errno(3)).
  public enum Kind: Sendable, Equatable {
    /// The disk, or one's share of it, is full.
    case noSpace
    /// Past the size that this process may write (RLIMIT_FSIZE) or the file system holds.
    case tooLarge
    case readOnly
    case noAccess
    case missing
    /// A symbolic link where none is allowed, or too many of them.
    case link
    case other
  }

  public var kind: Kind {
    switch code {
    case ENOSPC, EDQUOT: .noSpace
    case EFBIG: .tooLarge
    case EROFS: .readOnly
    case EACCES, EPERM: .noAccess
    case ENOENT, ENOTDIR: .missing
    case ELOOP: .link
    default: .other
    }
  }
}
