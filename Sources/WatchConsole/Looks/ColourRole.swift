import WatchCore

/// What a look stands for; themes say how it looks. The raw value is its name in theme files.
public enum ColourRole: String, Hashable, Sendable, CaseIterable {
  /// Everything normal.
  case text
  /// Labels, old times.
  case quiet
  /// Block titles.
  case title
  /// The cursor's row, and the title of the focused pane.
  case select
  /// NEW !!!, SILENT, FAILING, WATCH GONE, JOURNAL NOT SAVED.
  case newHigh = "new.high"
  /// NEW !!
  case newMedium = "new.med"
  /// NEW !
  case newLow = "new.low"
  /// LATE; an acknowledgement or the time to the next person running out.
  case late
  /// BLIND, NEVER, NOT SET UP, FROZEN.
  case blind
  /// OFF, SHV.
  case off
  /// Who has acknowledged.
  case ack
  /// A fresh recovery, for ten seconds.
  case good
  /// The message line when a key was refused.
  case warnLine = "warn-line"

  /// The look of a path's, a source's or a cloud's state. In use and not recorded is as bad as silent.
  public init(_ state: HeartbeatState, inUse: Bool = false) {
    switch state {
    case .ok, .okQuiet: self = .text
    case .late: self = .late
    case .silent, .failing: self = .newHigh
    case .notSetUp: self = inUse ? .newHigh : .blind
    case .blind, .never: self = .blind
    case .off: self = .off
    }
  }

  /// The look of an alert's state word and marks.
  public init(_ alert: Alert) {
    switch alert.state {
    case .new:
      switch alert.priority {
      case .high: self = .newHigh
      case .medium: self = .newMedium
      case .low: self = .newLow
      }
    case .acknowledged: self = .ack
    case .shelved: self = .off
    case .cleared: self = .text
    case .closed: self = .quiet
    }
  }
}
