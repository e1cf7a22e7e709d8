import WatchCore
import WatchJournal

/// Who watches a state folder, as whoever looks once can tell.
public struct WatchPresence: Equatable, Sendable {
  /// Whether somebody holds the lease, and beats.
  public var isAlive: Bool
  /// Who holds it; nil: nobody does.
  public var holder: JournalLock.Holder?
  /// The holder's last sign of life; nil: it gave none yet.
  public var beat: Timestamp?
  /// When the newest watch of this folder began.
  public var since: Timestamp?
  /// When a watch last looked at anything.
  public var lastLook: Timestamp?

  public init(
    isAlive: Bool, holder: JournalLock.Holder? = nil, beat: Timestamp? = nil,
    since: Timestamp? = nil, lastLook: Timestamp? = nil
  ) {
    self.isAlive = isAlive
    self.holder = holder
    self.beat = beat
    self.since = since
    self.lastLook = lastLook
  }

  /// One look at the folder. Blocks.
  public static func read(
    _ folder: StateFolder, _ picture: Picture, lastLook: Timestamp?, at now: Timestamp
  ) -> WatchPresence {
    let look = LeaseView.Look.now(folder)
    guard look.isHeld else {
      return WatchPresence(isAlive: false, since: nil, lastLook: lastLook)
    }
    // The demo has a clock of its own, and does not beat.
    let isDemo = picture.head?.demo == true
    let (beat, isAlive) = isDemo ? (nil, true) : life(look, at: now)
    return WatchPresence(
      isAlive: isAlive, holder: look.holder, beat: beat, since: start(picture), lastLook: lastLook)
  }

  /// The holder's last sign of life, by its beats or, where it cannot write, on the lock file; and
  /// whether it is young enough. As long as a console waits, and a beat more: here a clock is compared.
  static func life(_ look: LeaseView.Look, at now: Timestamp) -> (Timestamp?, isAlive: Bool) {
    let own = look.beat.flatMap { $0.pid == look.holder?.pid ? $0.at : nil }
    let touched = look.touched.map { Timestamp(millis: $0 / 1_000_000) }
    // A clock that was set back leaves signs in the future: they prove nothing, the next one does.
    let latest = [own, touched].compactMap { $0 }.filter { $0 <= now + ahead }.max()
    // A single look never beats, and is over soon.
    if own == nil, look.holder?.role == .check { return (nil, true) }
    let limit: Duration = .seconds(LeaseView.stillAfter(look) + 2)
    guard let latest else { return (own, own == nil && touched == nil) }
    return (own == nil ? nil : latest, latest.age(at: now) <= limit)
  }

  /// Of two clocks of one machine, and of a file system that counts in ticks.
  private static let ahead: Duration = .seconds(10)

  /// When the newest watch in the journal began.
  public static func start(_ picture: Picture) -> Timestamp? {
    picture.recent.last { entry in
      if case .watch(let mark) = entry.event { mark.what == .start } else { false }
    }?.at
  }

  /// `a watch runs (process 4711 on bridge)`, `no watch runs`, for a line of text.
  public var text: String {
    let who = holder.map { " (\($0.text))" } ?? ""
    if isAlive { return "a watch runs\(who)" }
    return holder == nil ? "no watch runs" : "the watch\(who) stands still"
  }
}

/// What is printed for other programs: a board at a time, and who watches.
public struct StatusReading: Sendable {
  public var board: Board
  public var watch: WatchPresence
  public var now: Timestamp

  public init(board: Board, watch: WatchPresence, now: Timestamp) {
    self.board = board
    self.watch = watch
    self.now = now
  }

  /// Notifications that are still to be sent.
  var waiting: Int { board.picture.outbox.count }

  /// Open alerts by priority and by the label of their state.
  func count(_ priority: Priority, _ label: String) -> Int {
    board.picture.open.count { $0.priority == priority && $0.state.label == label }
  }

  /// Every path, worst first, those that count before those that do not.
  var paths: [PathStatus] {
    board.clouds.flatMap(\.paths).sorted { left, right in
      if left.required != right.required { return left.required }
      return (left.state.rank, left.id) < (right.state.rank, right.id)
    }
  }
}

extension String {
  /// One line of at most so many characters for a label; what is cut ends in a sum of the whole, so that
  /// two long names stay two.
  func label(limit: Int) -> String {
    let line = plainLine
    guard line.count > limit else { return line }
    // FNV-1a: not against forgers, who only get two of their own names taken for one.
    let sum = line.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(sum, radix: 16)
    return String(line.prefix(limit - 10)) + "~" + digits
  }
}
