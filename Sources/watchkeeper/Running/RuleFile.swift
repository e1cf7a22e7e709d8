import Posix
import WatchCore

/// The file that the rules are read from, and what was said of why: what the journal keeps when they have
/// changed.
struct RuleFile: Sendable {
  var path: String
  /// With `--why`, at the start.
  var why: String?
  private let owner: UInt32?
  private let changed: Timestamp?

  init(path: String, why: String?) {
    (self.path, self.why) = (path, why)
    let facts = try? FileFacts(path: path)
    owner = facts?.owner
    changed = facts.map { Timestamp(millis: $0.modifiedNanos / 1_000_000) }
  }

  /// A console's rules are its operator's doing. A service's are of whoever owns the file, where that is a
  /// person and not the service itself.
  func origin(me: Operator, hasScreen: Bool) -> RuleOrigin {
    let user = owner.map { OSUser.of($0) }
    let file = user.map { user in
      "\(name) of \(user.name ?? "nobody known") (uid \(user.uid))"
        + (changed.map { ", changed \($0.iso)" } ?? "")
    }
    if hasScreen { return RuleOrigin(by: me, isPerson: true, file: file, why: why) }
    guard let user, Self.people.contains(user.uid), user.uid != OSUser.current.uid else {
      return RuleOrigin(by: me, isPerson: false, file: file, why: why)
    }
    let by = Operator(name: user.name ?? "uid \(user.uid)", uid: Int(user.uid))
    return RuleOrigin(by: by, isPerson: true, file: file, why: why)
  }

  private var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// UID_MIN to UID_MAX of login.defs(5): below are root and services, above what systemd gives to a
  /// service for its run, and nobody.
  private static let people: ClosedRange<UInt32> = 1_000...60_000
}
