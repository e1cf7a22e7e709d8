import TextCanvas
import WatchCore

/// Everything that a frame is drawn from and a key is judged by: a value. Only
/// ``handle(_:)`` changes it.
public struct ConsoleState: Hashable, Sendable {
  // The world
  /// The newest board, also while the view is frozen: acts are judged by it.
  public internal(set) var board: Board {
    didSet { newAlerts = Self.newAlerts(board.picture) }
  }
  /// NEW alerts, folded ones too, highest first and then oldest first. From the newest board.
  public private(set) var newAlerts: [Alert]
  public internal(set) var now: Timestamp
  public var zone: LocalZone
  /// By file name without `.md`.
  public var runbooks: [String: Runbook]
  /// What the posture checks ask, why, and how to mend it: by the check's id.
  public var postureRules: [String: PostureRule]

  // The terminal
  public internal(set) var width: Int
  public internal(set) var height: Int
  public var alphabet: Alphabet
  public internal(set) var theme: Theme
  /// What `:theme` offers.
  public var themes: [Theme]
  /// One bell for a new high alert.
  public var ringsBell = false

  // Where we are
  /// Never empty; the last one is shown.
  public internal(set) var screens: [Screen] = [.overview]
  public internal(set) var overlay: Overlay?
  public internal(set) var prompt: Prompt?
  public internal(set) var focus: Pane = .alerts
  /// The first line shown of a pane that scrolls; whoever draws it cuts it to what there is.
  public internal(set) var scroll: [Pane: Int] = [:]

  // The alert list
  public internal(set) var cursor: QueueCursor?
  /// The list as it is shown: filtered and folded, in its held order.
  public internal(set) var rows: [QueueRow] = []
  /// Alerts that wait because the order is held.
  public internal(set) var waiting: [AlertID] = []
  /// The order that is held while somebody reads the list; nil while it may move.
  var held: [AlertID]?
  /// Whether it was a flood when the order was held: a list must not fold under the reader's eyes.
  var heldInFlood = false
  public internal(set) var marks: Set<AlertID> = []
  public internal(set) var filter = Filter()
  public internal(set) var isUnfolded = false

  // Other cursors
  public internal(set) var entryFilter = Filter()
  /// The journal's selected entry, by its number; nil is the newest.
  public internal(set) var entry: Int?
  /// The shelved list's.
  public internal(set) var shelf: AlertID?
  /// The cloud screen's row.
  public internal(set) var path: PathID?
  /// The posture screen's check; nil is the worst one.
  public internal(set) var postureCheck: PostureItem.Key?
  public internal(set) var postureFilter = Filter()
  /// Whether the posture screen lists what holds, too.
  public internal(set) var isPostureUnfolded = false
  /// The graph screen's row; nil is the first one.
  public internal(set) var graphRow: GraphTree.Key?
  /// A step chosen with the arrows; nil is the current one.
  public internal(set) var chosenStep: Int?

  // What is under way
  public internal(set) var frozen: Frozen?
  public internal(set) var message: StandingMessage?
  /// Commands without an outcome yet: what they do, in words.
  public internal(set) var pending: [Int: PendingCommand] = [:]
  /// Of an act on several alerts: what is sent when the one before is answered.
  var queued: [Command] = []
  var nextCommand = 1
  /// Seconds of real time since the start.
  var seconds = 0
  var lastKey: Int?
  /// The line after a refused key, while it is typed.
  var dropped: DroppedText?
  var firstInterrupt: Int?
  /// When the alert was selected by itself, in ``seconds``; nil once somebody has pressed a key.
  var selectedItself: Int?
  /// How far `n` has walked.
  var walk: AlertID?
  /// When a cloud was last proven again, in ``seconds``.
  var recoveries: [Cloud: Int] = [:]

  public init(
    board: Board, now: Timestamp, zone: LocalZone = .utc, width: Int = 80, height: Int = 24,
    alphabet: Alphabet = .unicode, theme: Theme = .default, themes: [Theme] = Theme.builtIn,
    runbooks: [String: Runbook] = [:], postureRules: [PostureRule] = PostureCatalogue.all
  ) {
    self.board = board
    newAlerts = Self.newAlerts(board.picture)
    self.now = now
    self.zone = zone
    self.width = max(0, width)
    self.height = max(0, height)
    self.alphabet = alphabet
    self.theme = theme
    self.themes = themes.isEmpty ? [theme] : themes
    self.runbooks = runbooks
    self.postureRules = Dictionary(
      postureRules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    refreshRows()
    selectSomething()
    isFreshlySelected = false
  }
}

/// The board as it was when `f` stopped it, and when that was.
public struct Frozen: Hashable, Sendable {
  public var board: Board
  public var at: Timestamp
}

/// A message on the line, and until when.
public struct StandingMessage: Hashable, Sendable {
  public var message: Message
  /// In seconds of real time since the start.
  var until: Int
}

/// A command on its way to the journal.
public struct PendingCommand: Hashable, Sendable {
  public var command: Command
  /// `ack A-0141`
  public var text: String
}
