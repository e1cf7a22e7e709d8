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

  /// Whether somebody has the lock, by taking a shared one for a moment: two who ask at once do not
  /// take each other for the holder.
  public func isLockedElsewhere() throws(PosixError) -> Bool {
    do {
      try check("flock", path) { flock(descriptor, LOCK_SH | LOCK_NB) }
      try unlock()
      return false
    } catch  where error.code == EWOULDBLOCK {
      return true
    }
  }

  public func unlock() throws(PosixError) {
    try check("flock", path) { flock(descriptor, LOCK_UN) }
  }
}
