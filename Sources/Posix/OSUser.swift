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
  public static var current: OSUser {
    let uid = getuid()
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
