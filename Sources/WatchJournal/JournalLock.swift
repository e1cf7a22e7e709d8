import Posix
import WatchCore

/// One watch per state folder: held from the start of a watch to its end, and given back by the
/// system when the process dies.
public final class JournalLock: Sendable {
  /// Who holds it, as far as the lock file says.
  public struct Holder: Sendable, Equatable {
    public var pid: Int
    public var host: String

    public init(pid: Int, host: String) {
      self.pid = pid
      self.host = host
    }

    /// `process 4711 on bridge`
    public var text: String { "process \(pid) on \(host.shortened(to: 80).plainLine)" }
  }

  public enum Outcome: Sendable {
    case taken(JournalLock)
    /// Somebody watches already; nil when the lock file does not say who.
    case held(Holder?)
  }

  private let file: File

  private init(file: File) {
    self.file = file
  }

  /// Takes the lock if nobody has it, and writes down who did.
  public static func take(
    _ folder: StateFolder, as holder: Holder
  ) throws(JournalError) -> Outcome {
    try folder.prepare()
    return try JournalError.wrap { () throws(PosixError) in
      let file = try File.openForAppend(folder.lock)
      guard try Self.tryLock(file) else { return .held(Self.holder(folder)) }
      let note = JSON.facts([("pid", .int(Int64(holder.pid))), ("host", .string(holder.host))])
      // A full disk is no reason not to watch: the lock holds without the note.
      try? file.truncate(to: 0)
      try? file.writeAll(Array((note.line + "\n").utf8))
      return .taken(JournalLock(file: file))
    }
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
    return Holder(pid: pid, host: host)
  }

  /// Whether a watch runs on this folder now, and who. Makes nothing.
  public static func isHeld(_ folder: StateFolder) -> Bool {
    guard let file = try? File.openForReading(folder.lock), let ours = try? file.tryLock() else {
      return false
    }
    return !ours
  }
}
