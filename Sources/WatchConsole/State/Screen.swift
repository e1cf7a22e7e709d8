import WatchCore

/// What fills the console.
public enum Screen: Hashable, Sendable {
  case overview
  case alert(AlertID)
  case journal
  case shelved
  case cloud(Cloud)
  /// The checks of the pipelines' settings.
  case posture
  /// "Who can mute me?"
  case graph

  /// As it is called in messages.
  public var name: String {
    switch self {
    case .overview: "overview"
    case .alert(let id): id.text
    case .journal: "journal"
    case .shelved: "shelved"
    case .cloud(let cloud): cloud.label
    case .posture: "posture"
    case .graph: "graph"
    }
  }
}

/// A part of a screen that can hold the focus.
public enum Pane: Hashable, Sendable {
  case cloud(Cloud)
  case alerts
  case runbook
  /// On the overview: the last entries.
  case journal
  /// On the alert screen: what it rests on; its notes and history.
  case evidence, history
  /// The one list of the journal, shelved, cloud, posture and graph screens.
  case list
}

/// What lies over a screen until Esc.
public enum Overlay: Hashable, Sendable {
  case help(query: String, scroll: Int)
  /// Its text is in the open field.
  case palette
  /// Which theme is tried, and which one Esc brings back.
  case theme(Int, before: Theme)
  /// The raw record of the alert or entry that it was opened on.
  case raw(RawSubject, scroll: Int)
}

/// Whose raw record is shown.
public enum RawSubject: Hashable, Sendable {
  case alert(AlertID)
  /// An entry of the journal, by its number.
  case entry(Int)
  /// A posture check.
  case check(PostureItem.Key)
}
