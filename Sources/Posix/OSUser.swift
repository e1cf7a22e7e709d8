import Glibc

/// The operating system's idea of who runs the program: what is claimed is not what is proved, but
/// it cannot be typed over like $USER.
public struct OSUser: Sendable, Equatable {
  public var uid: UInt32
  /// Login name; nil when the user has no entry (containers).
  public var name: String?
  /// Home directory of that entry.
  public var home: String?

  /// The real user of this process.
  public static var current: OSUser { named(getuid()) }

  /// Who signed in, also behind sudo and su: the kernel keeps it from the sign-in on (the audit
  /// system's login uid, pam_loginuid(8)). Nil where nobody signed in, or the kernel does not say.
  public static var signedIn: OSUser? {
    guard let bytes = try? File.readAll("/proc/self/loginuid", limit: 32) else { return nil }
    return loginUID(bytes).map(named)
  }

  /// As /proc/self/loginuid has it; the largest number means that nobody has signed in.
  static func loginUID(_ bytes: [UInt8]) -> UInt32? {
    let digits = bytes.prefix { (0x30...0x39).contains($0) }
    guard let uid = UInt32(String(decoding: digits, as: UTF8.self)), uid != .max else { return nil }
    return uid
  }

  /// By number; without a name where the machine knows none.
  public static func of(_ uid: UInt32) -> OSUser { named(uid) }

  private static func named(_ uid: UInt32) -> OSUser {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    let code = getpwuid_r(uid, &entry, &buffer, buffer.count, &found)
    guard code == 0, let found else { return OSUser(uid: uid) }
    return OSUser(
      uid: uid, name: text(found.pointee.pw_name), home: text(found.pointee.pw_dir))
  }

  private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
