import WatchCore

/// One row of the alert list.
public enum QueueRow: Hashable, Sendable {
  case alert(AlertID)
  /// A symptom, shown under its cause while the list is unfolded.
  case symptom(AlertID)
  /// In a flood: all low alerts on one line.
  case lows([AlertID])

  /// The alert of a row that is one alert.
  public var alert: AlertID? {
    switch self {
    case .alert(let id), .symptom(let id): id
    case .lows: nil
    }
  }

  /// All alerts that an act on the row is about.
  public var alerts: [AlertID] {
    switch self {
    case .alert(let id), .symptom(let id): [id]
    case .lows(let ids): ids
    }
  }
}

/// Where the cursor of the alert list is: on an alert, never on a row's number.
public enum QueueCursor: Hashable, Sendable {
  case alert(AlertID)
  case lows
}
