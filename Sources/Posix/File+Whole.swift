import Glibc
import Synchronization

/// Whole files at once.
extension File {
  /// All bytes of the file; EFBIG when there are more than `limit`.
  public static func readAll(_ path: String, limit: Int) throws(PosixError) -> [UInt8] {
    let file = try openForReading(path)
    // One more than the limit, not the size: a file in /proc says 0, one that grows says too little.
    let size = try file.size()
    var bytes: [UInt8] = []
    while true {
      let piece = max(min(size, limit) - bytes.count, 4096) + 1
      let more = try file.read(at: bytes.count, count: piece)
      bytes += more
      if bytes.count > limit { throw PosixError(code: EFBIG, call: "read", path: path) }
      if more.count < piece { return bytes }
    }
  }

  /// Puts `bytes` at `path` so that a reader, or the disk after a crash, has the old file or the new
  /// one and never a mixture.
  ///
  /// - Parameter mode: 0600, unless others are to read it; the process's umask does not change it.
  /// - Parameter synced: False: faster; after a crash of the machine the old file, the new one or an
  ///   empty one may be there.
  public static func replace(
    _ path: String, with bytes: [UInt8], mode: UInt32 = 0o600, synced: Bool = true
  ) throws(PosixError) {
    let temporary = temporaryName(beside: path)
    unlink(temporary)
    do {
      let file = try open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
      if mode != 0o600 { try check("fchmod", temporary) { fchmod(file.descriptor, mode) } }
      try file.writeAll(bytes)
      if synced { try check("fsync", temporary) { fsync(file.descriptor) } }
      try check("rename", path) { rename(temporary, path) }
    } catch {
      unlink(temporary)
      throw error
    }
    if synced { try Directory.sync(Directory.parent(of: path)) }
  }

  /// Makes a file that must not be there yet (EEXIST), with these bytes. Mode 0600.
  public static func create(_ path: String, with bytes: [UInt8]) throws(PosixError) {
    let file = try open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
    do {
      try file.writeAll(bytes)
      try file.sync()
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Deletes the file; ENOENT when it is not there.
  public static func remove(_ path: String) throws(PosixError) {
    try check("unlink", path) { unlink(path) }
  }

  /// Gives the file another name, in the place of whatever had it (rename(2)).
  public static func move(_ path: String, to other: String) throws(PosixError) {
    try check("rename", other) { rename(path, other) }
  }

  /// Sets the file's times to now; needs no space on the disk. ENOENT when it is not there.
  public static func touch(_ path: String) throws(PosixError) {
    try check("utimensat", path) { utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW) }
  }

  private static let replacements = Atomic<Int>(0)

  /// In the same directory (a rename does not cross file systems), ours alone by process and count.
  private static func temporaryName(beside path: String) -> String {
    let number = replacements.add(1, ordering: .relaxed).newValue
    return "\(path).new-\(getpid())-\(number)"
  }
}
