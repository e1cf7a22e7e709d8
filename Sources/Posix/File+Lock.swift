import Glibc

/// flock(2): advisory, exclusive, given back by the system when the process dies. It belongs to the
/// open file, so two `File`s of one process exclude each other as two processes do.
extension File {
  /// Waits until the lock is ours.
  public func lock() throws(PosixError) {
    try check("flock", path) { flock(descriptor, LOCK_EX) }
  }

  /// Takes the lock if nobody has it; says whether it is ours now.
  public func tryLock() throws(PosixError) -> Bool {
    do {
      try check("flock", path) { flock(descriptor, LOCK_EX | LOCK_NB) }
      return true
    } catch  where error.code == EWOULDBLOCK {
      return false
    }
  }

  public func unlock() throws(PosixError) {
    try check("flock", path) { flock(descriptor, LOCK_UN) }
  }
}
