import Posix

/// What can be said of a lease's holder by whoever looks at it once a second. It counts looks, and
/// trusts no clock: a machine that slept, or whose clock was set, makes nobody look dead.
public struct LeaseView: Sendable, Equatable {
  /// One look. Blocks.
  public struct Look: Sendable, Equatable {
    public var isHeld: Bool
    public var holder: JournalLock.Holder?
    public var beat: WatchBeat?

    public init(isHeld: Bool, holder: JournalLock.Holder?, beat: WatchBeat?) {
      self.isHeld = isHeld
      self.holder = holder
      self.beat = beat
    }

    public static func now(_ folder: StateFolder) -> Look {
      Look(
        isHeld: JournalLock.isHeld(folder), holder: JournalLock.holder(folder),
        beat: WatchBeat.read(folder))
    }
  }

  public enum Finding: Sendable, Equatable {
    /// Its last beat is so many looks old.
    case alive(looks: Int)
    /// It holds the lease and has not beaten for so many looks.
    case still(looks: Int)
    /// Nobody has held the lease for so many looks.
    case gone(looks: Int)
  }

  private var mark: Int64?
  private var quiet = 0
  private var free = 0

  /// Beats come every two seconds: five of them missed.
  public static let stillAfter = 10
  /// A holder that stood still for so long may lose its lease.
  public static let lostAfter = 60
  /// How long a console leaves a free lease to a service that is about to start again.
  public static let patience = 5

  public init() {}

  public mutating func take(_ look: Look) -> Finding {
    guard look.isHeld else {
      free += 1
      quiet = 0
      return .gone(looks: free)
    }
    free = 0
    // Whoever holds the lease and never beats is a single look, or a version that did not.
    let own = Self.belongs(look) ? look.beat?.mark : nil
    quiet = own == nil || own != mark ? 0 : quiet + 1
    mark = own
    return quiet >= Self.stillAfter ? .still(looks: quiet) : .alive(looks: quiet)
  }

  private static func belongs(_ look: Look) -> Bool {
    look.beat.map { $0.pid == look.holder?.pid && $0.host == look.holder?.host } ?? false
  }
}
