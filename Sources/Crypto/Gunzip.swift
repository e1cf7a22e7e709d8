/// Why a gzip stream gave no output. There is no partial output: a cut log file is not a log file.
public enum GunzipError: Error, Sendable, Equatable {
  /// The stream ends before its trailer.
  case truncated(atByte: Int)
  /// Not gzip, or changed: zlib's reason.
  case damaged(atByte: Int, detail: String)
  /// Bytes after the last member that do not start another one.
  case trailingGarbage(atByte: Int)
  /// More than `limit` bytes would come out.
  case tooLarge(limit: Int)
  case noMemory
}

/// Reads gzip (RFC 1952): all members, checked to the last byte, up to a limit.
public enum Gunzip {
  /// Whether the bytes begin like a gzip member.
  public static func looksCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: magic)
  }

  /// The concatenated output of all members; never more than `limit` bytes.
  public static func inflate(_ bytes: [UInt8], limit: Int) throws(GunzipError) -> [UInt8] {
    let run = try InflateRun(limit: limit)
    return try run.all(of: bytes)
  }

  static let magic: [UInt8] = [0x1f, 0x8b]
}
