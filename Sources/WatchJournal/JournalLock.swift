import Posix
import WatchCore

/// The lease of a state folder: one watch at a time. Held from the start of a watch to its end, and
/// given back by the system when the process dies.
///
/// A holder that lives and does nothing (stopped, hanging) keeps its lock and can still lose the
/// lease, by ``takeOver(_:from:as:)``: another file stands in the lock file's place then. What the old
/// holder may still want to write, the journal refuses by its epoch.
public final class JournalLock: Sendable {
  /// What holds a lease.
  public enum Role: String, Sendable {
    /// `watchkeeper watch`: the service.
    case watch
    /// A console that stands the watch itself, and gives it up to a service that asks.
    case console
    /// A single look, for some seconds.
    case check
  }

  /// Who holds it, as far as the lock file says.
  public struct Holder: Sendable, Equatable {
    public var pid: Int
    public var host: String
    public var role: Role

    public init(pid: Int, host: String, role: Role = .watch) {
      self.pid = pid
      self.host = host
      self.role = role
    }

    /// `process 4711 on bridge`
    public var text: String { "process \(pid) on \(host.shortened(to: 80).plainLine)" }

    var line: String {
      let facts: [(String, JSON?)] = [
        ("pid", .int(Int64(pid))), ("host", .string(host)), ("role", .string(role.rawValue)),
      ]
      return JSON.facts(facts).line + "\n"
    }
  }

  public enum Outcome: Sendable {
    case taken(JournalLock)
    /// Somebody watches already; nil when the lock file does not say who.
    case held(Holder?)
  }

  private let file: File
  /// Of the lock file.
  public let path: String

  private init(file: File, path: String) {
    self.file = file
    self.path = path
  }

  /// Takes the lock if nobody has it, and writes down who did.
  public static func take(
    _ folder: StateFolder, as holder: Holder
  ) throws(JournalError) -> Outcome {
    try folder.prepare()
    return try JournalError.wrap { () throws(PosixError) in
      // A file that lost its name while it was being locked is nobody's lease.
      for _ in 0..<5 {
        let file = try File.openForAppend(folder.lock)
        guard try Self.tryLock(file) else { return .held(Self.holder(folder)) }
        guard file.isStillAtPath() else { continue }
        // A full disk is no reason not to watch: the lock holds without the note.
        try? file.truncate(to: 0)
        try? file.writeAll(Array(holder.line.utf8))
        return .taken(JournalLock(file: file, path: folder.lock))
      }
      return .held(Self.holder(folder))
    }
  }

  /// Takes the lease from a holder that has it and does nothing: puts a lock file of ours, locked
  /// already, in the place of its own. `.held` where another one is doing the same right now, or has
  /// done it since, or where the holder has moved after all.
  ///
  /// - Parameter judged: what was seen of that holder when it was given up.
  public static func takeOver(
    _ folder: StateFolder, from judged: LeaseView.Look, as holder: Holder
  ) throws(JournalError) -> Outcome {
    try folder.prepare()
    return try JournalError.wrap { () throws(PosixError) in
      let gate = try File.openForAppend("\(folder.lock).gate")
      guard try gate.tryLock(), LeaseView.Look.now(folder) == judged else {
        return .held(Self.holder(folder))
      }
      let new = "\(folder.lock).new-\(holder.pid)"
      try? File.remove(new)
      let file = try File.openForAppend(new)
      do throws(PosixError) {
        guard try file.tryLock() else { return .held(Self.holder(folder)) }
        try? file.writeAll(Array(holder.line.utf8))
        try File.move(new, to: folder.lock)
      } catch {
        try? File.remove(new)
        throw error
      }
      return .taken(JournalLock(file: file, path: folder.lock))
    }
  }

  /// Whether nobody has taken the lease over from us.
  public var isOurs: Bool { file.isAt(path) }

  /// A beat on the lock file itself: of a holder that lives and cannot write. Blocks.
  public func touch() {
    try? File.touch(path)
  }

  /// Gives it back before the last reference goes.
  public func release() {
    try? file.unlock()
  }

  /// Some tries: whoever asks ``isHeld(_:)`` has the lock for a moment.
  private static func tryLock(_ file: File) throws(PosixError) -> Bool {
    for _ in 0..<5 {
      if try file.tryLock() { return true }
      _ = Poller.wait([], timeoutMillis: 20)
    }
    return false
  }

  /// Who wrote the lock file last; that the lock is held now is another matter.
  public static func holder(_ folder: StateFolder) -> Holder? {
    guard let bytes = try? File.readAll(folder.lock, limit: 4096),
      let json = try? JSON(bytes: bytes, maxDepth: 4),
      let pid = json["pid"]?.int, let host = json["host"]?.string
    else { return nil }
    let role = json["role"]?.string.flatMap(Role.init) ?? .watch
    return Holder(pid: pid, host: host, role: role)
  }

  /// Whether a watch runs on this folder now, and who. Makes nothing.
  public static func isHeld(_ folder: StateFolder) -> Bool {
    guard let file = try? File.openForReading(folder.lock) else { return false }
    return (try? file.isLockedElsewhere()) ?? false
  }
}
