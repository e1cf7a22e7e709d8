import WatchCore

/// What happens to the engine.
public enum EngineInput: Sendable {
  /// A probe has run.
  case report(ProbeReport)
  /// Time has passed.
  case tick
  /// Entries that the journal now holds, ours or others'.
  case entries([Entry])
  /// The gap of an alert was accounted for, or could not be.
  case gap(AlertID, GapAnswer)
}

/// What the engine wants done. The loop at the edge does it, in order.
public enum EngineEffect: Hashable, Sendable {
  case append([Event])
  /// Run these probes now: those that see this path's source, or all.
  case probe(SourceID?)
  case accountGap(GapQuestion)
  case verify
  /// For the message line of whoever watches.
  case say(String)
}

/// Which records of which path are missing.
public struct GapQuestion: Hashable, Sendable {
  public var alert: AlertID
  public var source: SourceID
  public var region: String
  public var from: Timestamp
  public var to: Timestamp

  public init(
    alert: AlertID, source: SourceID, region: String, from: Timestamp, to: Timestamp
  ) {
    self.alert = alert
    self.source = source
    self.region = region
    self.from = from
    self.to = to
  }
}

/// What became of them.
public enum GapAnswer: Hashable, Sendable {
  case account(GapAccount)
  case blind(Blindness)
}

/// What became of a command before anything is written.
public enum CommandAnswer: Hashable, Sendable {
  case effects([EngineEffect])
  case refused(String)
}
