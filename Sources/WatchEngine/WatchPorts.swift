import WatchCore
import WatchJournal
import WatchProbes

/// What the watch needs of the world: live, demo and test versions are values of this struct.
public struct WatchPorts: Sendable {
  public var clock: @Sendable () -> ClockReading
  /// Waits for a stretch of the watch's own time; returns early when cancelled.
  public var sleep: @Sendable (Duration) async -> Void
  /// Appends and syncs; gives all entries that the journal holds after the last ones it gave,
  /// others' too, in the file's order. Nothing is shown as done before it returns.
  public var append: @Sendable ([Event]) async -> AppendOutcome
  public var verify: @Sendable () async -> ChainLife
  /// Keeps the last sightings where every console finds them.
  public var keep: @Sendable ([PathStatus], Timestamp) async -> Void
  /// Keeps what else was seen: how pipelines are set up, and what became of echoes.
  public var keepDetails: @Sendable (SeenDetails) async -> Void = { _ in }
  /// Keeps what learned expectations rest on, for the next watch.
  public var keepGaps: @Sendable ([PathID: GapHistory]) async -> Void = { _ in }
  public var gap: @Sendable (GapProbe.Question, Timestamp) async -> GapProbe.Answer
  /// Runs a runbook's command; gives it back with its status and what it said.
  public var remedy: @Sendable (Remedy) async -> Remedy = { remedy in
    var remedy = remedy
    (remedy.status, remedy.output) = (126, "nothing here runs commands")
    return remedy
  }

  /// Sends a notification by the channel of that name, once; what came of it.
  public var notify: @Sendable (AlertNotification, String) async -> ChannelAnswer = { _, name in
    .unsent("nothing here sends by \(name)")
  }

  /// Takes what a watch that has ended could not finish, for whoever comes after it.
  public var leave: @Sendable (Unfinished) -> Void = { _ in }

  /// Whether somebody has taken on there what the channel of that name accepted under that id.
  public var there: @Sendable (_ id: String, _ channel: String) async -> ThereAnswer = { _, name in
    .unknown("nothing here asks \(name)")
  }

  public init(
    clock: @escaping @Sendable () -> ClockReading,
    sleep: @escaping @Sendable (Duration) async -> Void,
    append: @escaping @Sendable ([Event]) async -> AppendOutcome,
    verify: @escaping @Sendable () async -> ChainLife,
    keep: @escaping @Sendable ([PathStatus], Timestamp) async -> Void,
    gap: @escaping @Sendable (GapProbe.Question, Timestamp) async -> GapProbe.Answer
  ) {
    self.clock = clock
    self.sleep = sleep
    self.append = append
    self.verify = verify
    self.keep = keep
    self.gap = gap
  }
}

/// What a watch that has ended could not finish.
public enum Unfinished: Sendable {
  /// An operator's, with its number: not answered yet.
  case command(Int, Command, Operator)
  /// What came of a runbook's command: its end is in no journal yet.
  case remedied(Remedy)
}

/// What became of an append.
public enum AppendOutcome: Sendable {
  case written([Entry])
  /// Nothing of it counts; the sentence says why and what to do.
  case failed(String)
  /// Another watch has taken over: nothing that this one wants will ever be written.
  case superseded(String)
}

/// What the watch tells whoever shows it.
public enum WatchNews: Sendable {
  case board(Board)
  case outcome(Int, CommandOutcome)
  case say(String)
  /// The watch's loop has not turned for so long; the next board says that it turns again.
  case stalled(Duration, String)
}
