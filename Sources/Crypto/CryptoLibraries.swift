import CCrypto
import CZlib

/// What is loaded at run time, for the check at start-up.
public struct CryptoLibraries: Sendable, Equatable {
  /// Such as "OpenSSL 3.0.19 27 Jan 2026".
  public var openSSL: String
  /// Such as "1.2.13".
  public var zlib: String

  public static var versions: CryptoLibraries {
    CryptoLibraries(openSSL: text(OpenSSL_version(0)), zlib: text(zlibVersion()))
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? "unknown"
  }
}
