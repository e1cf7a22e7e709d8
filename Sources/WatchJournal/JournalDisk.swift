import Posix

/// The two calls that make an entry safe; a test gives a full disk.
public struct JournalDisk: Sendable {
  /// Writes all bytes at the file's end; after an error some of them may be there.
  public var write: @Sendable (File, [UInt8]) throws(PosixError) -> Void
  /// Returns when they are on the disk.
  public var sync: @Sendable (File) throws(PosixError) -> Void

  public init(
    write: @escaping @Sendable (File, [UInt8]) throws(PosixError) -> Void,
    sync: @escaping @Sendable (File) throws(PosixError) -> Void
  ) {
    self.write = write
    self.sync = sync
  }

  public static let system = JournalDisk(
    write: { (file, bytes) throws(PosixError) in try file.writeAll(bytes) },
    sync: { (file) throws(PosixError) in try file.sync() })
}
