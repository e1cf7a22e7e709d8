import Glibc

/// An open regular file, closed when the last reference goes. All calls may block: use them on a
/// thread of your own, never in a Task.
public final class File: Sendable {
  public let descriptor: Int32
  public let path: String

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  /// Opens for reading and for writing at the end, made with mode 0600 when it is not there.
  /// A symbolic link is refused with ELOOP, anything else that is no regular file with EINVAL.
  public static func openForAppend(_ path: String) throws(PosixError) -> File {
    try open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW)
  }

  /// Opens for reading only; a symbolic link is followed.
  public static func openForReading(_ path: String) throws(PosixError) -> File {
    try open(path, O_RDONLY)
  }

  static func open(_ path: String, _ flags: Int32) throws(PosixError) -> File {
    // O_NONBLOCK: opening somebody's FIFO must not hang; it means nothing for regular files.
    let descriptor = try check("open", path) {
      Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
    }
    let file = File(descriptor: descriptor, path: path)
    guard try file.status().st_mode & S_IFMT == S_IFREG else {
      throw PosixError(code: EINVAL, call: "open", path: path)
    }
    return file
  }

  /// Writes all bytes with as few calls as the system allows (one, for a line). After an error some
  /// of them may be in the file: compare `size` with what it was.
  public func writeAll(_ bytes: [UInt8]) throws(PosixError) {
    var done = 0
    while done < bytes.count {
      done += try check("write", path) {
        bytes.withUnsafeBytes {
          Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
        }
      }
    }
  }

  /// Up to `count` bytes from `offset` on; fewer only at the end of the file.
  public func read(at offset: Int, count: Int) throws(PosixError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = try check("pread", path) {
        bytes.withUnsafeMutableBytes {
          pread(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(offset + done))
        }
      }
      if got == 0 { break }
      done += got
    }
    bytes.removeLast(count - done)
    return bytes
  }

  /// Bytes in the file now.
  public func size() throws(PosixError) -> Int {
    Int(try status().st_size)
  }

  /// Cuts the file to `size` bytes.
  public func truncate(to size: Int) throws(PosixError) {
    try check("ftruncate", path) { ftruncate(descriptor, off_t(size)) }
  }

  /// Returns when content and size are on the disk (fdatasync).
  public func sync() throws(PosixError) {
    try check("fdatasync", path) { fdatasync(descriptor) }
  }

  /// Whether the path still leads to this file (it does not after a rotation or a deletion).
  public func isStillAtPath() -> Bool { isAt(path) }

  /// Whether a path leads to this file.
  public func isAt(_ path: String) -> Bool {
    var there = stat()
    guard let mine = try? status(), stat(path, &there) == 0 else { return false }
    return mine.st_dev == there.st_dev && mine.st_ino == there.st_ino
  }

  private func status() throws(PosixError) -> stat {
    var result = stat()
    try check("fstat", path) { fstat(descriptor, &result) }
    return result
  }
}
