import Posix

/// What can be said of a lease's holder by whoever looks at it once a second. It counts looks, and
/// trusts no clock: a machine that slept, or whose clock was set, makes nobody look dead.
public struct LeaseView: Sendable, Equatable {
  /// One look. Blocks.
  public struct Look: Sendable, Equatable {
    public var isHeld: Bool
    public var holder: JournalLock.Holder?
    public var beat: WatchBeat?
    /// When the lock file was written or touched last, as the file system has it: how a holder beats
    /// that cannot write, be it the file that its beats belong to, its journal or its sightings.
    public var touched: Int64?

    public init(
      isHeld: Bool, holder: JournalLock.Holder?, beat: WatchBeat?, touched: Int64? = nil
    ) {
      self.isHeld = isHeld
      self.holder = holder
      self.beat = beat
      self.touched = touched
    }

    public static func now(_ folder: StateFolder) -> Look {
      Look(
        isHeld: JournalLock.isHeld(folder), holder: JournalLock.holder(folder),
        beat: WatchBeat.read(folder),
        touched: (try? FileFacts(path: folder.lock))?.modifiedNanos)
    }

    /// The beat is this holder's own.
    var hasBeaten: Bool {
      beat.map { $0.pid == holder?.pid && $0.host == holder?.host } ?? false
    }
  }

  public enum Finding: Sendable, Equatable {
    /// Its last beat is so many looks old.
    case alive(looks: Int)
    /// It holds the lease and has not beaten for so many looks.
    case still(looks: Int)
    /// The same, for so long that the lease may be taken from it.
    case lost(looks: Int)
    /// Nobody has held the lease for so many looks.
    case gone(looks: Int)
  }

  private var last: Look?
  private var quiet = 0
  private var free = 0
  /// Looks since the holder has beaten on the lock file; nil: it does not.
  private var unwritten: Int?

  /// Beats come every two seconds: five of them missed. One that has not beaten yet reads a journal of
  /// years first, or is a single look, which never beats.
  public static func stillAfter(_ look: Look) -> Int { look.hasBeaten ? 10 : 30 }
  /// A holder that stood still for so long may lose its lease.
  public static func lostAfter(_ look: Look) -> Int { look.hasBeaten ? 60 : 120 }
  /// How long a console leaves a free lease to a service that is about to start again.
  public static let patience = 5

  public init() {}

  /// False where the holder lives and says, by beats on the lock file, that it cannot write.
  public var canWrite: Bool { unwritten.map { $0 >= Self.saidFor } ?? true }
  /// Looks for which such a beat holds: five of them missed.
  private static let saidFor = 10

  public mutating func take(_ look: Look) -> Finding {
    guard look.isHeld else {
      free += 1
      (quiet, last, unwritten) = (0, nil, nil)
      return .gone(looks: free)
    }
    free = 0
    unwritten = unwritten.map { $0 + 1 }
    // Whoever takes the lease writes the file as well: that is another holder's, or another time.
    if let last, last.holder == look.holder, last.touched != look.touched { unwritten = 0 }
    quiet = look == last ? quiet + 1 : 0
    last = look
    if quiet >= Self.lostAfter(look) { return .lost(looks: quiet) }
    return quiet >= Self.stillAfter(look) ? .still(looks: quiet) : .alive(looks: quiet)
  }
}
