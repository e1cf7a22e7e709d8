import TextCanvas

/// One thing that an operator can do. The table of these feeds keys, palette, hint bar, help and
/// docs/keys.md: what is not in it does not exist.
public struct Action: Sendable {
  /// Also what the palette takes; words are joined by blanks there.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case ack, assign, resolve, undo, note, shelve, escalate, mark
    case stepDone = "step done"
    case stepSkip = "step skip"
    case stepRun = "step run"
    case runbook, raw, probe
    case open, back, nextNew = "next new"
    case previousNew = "previous new"
    case up, down, left, right, first, last
    case pageUp = "page up"
    case pageDown = "page down"
    case nextPane = "next pane"
    case previousPane = "previous pane"
    case filter, fold, freeze, overview, journal, shelved, posture, graph, verify, duty, accept,
      mute
    case aws, azure, gcp
    case palette, theme, help, redraw, suspend, interrupt, quit
  }

  public var name: Name
  /// The first one is shown; empty: by the palette alone.
  public var keys: [Key]
  /// After its key in the hint bar: a word or two.
  public var hint: String
  /// A sentence for help and docs/keys.md.
  public var help: String

  /// Whether its key is followed by a line of text: where it is refused, that line must not run as
  /// keys.
  var asksForText: Bool { Self.asking.contains(name) }

  private static let asking: Set<Name> = [
    .resolve, .stepSkip, .stepRun, .note, .shelve, .escalate, .assign, .duty, .accept,
    .mute,
  ]

  public static func named(_ name: Name) -> Action {
    byName[name] ?? Action(name: name, keys: [], hint: name.rawValue, help: "")
  }

  public static func with(key: Key) -> Action? { byKey[key] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static let byKey = Dictionary(
    all.flatMap { action in action.keys.map { ($0, action) } },
    uniquingKeysWith: { first, _ in first })
}

/// Whether an action is possible now.
public enum Allowance: Hashable, Sendable {
  case yes
  /// Why not, as the message line says it.
  case no(String)

  public var isYes: Bool { self == .yes }
}
