import WatchCore
import WatchProbes

/// What happens to the engine.
public enum EngineInput: Sendable {
  /// A probe has run.
  case report(ProbeReport)
  /// Time has passed.
  case tick
  /// Entries that the journal now holds, ours or others'.
  case entries([Entry])
  /// The gap of an alert was accounted for, or could not be.
  case gap(AlertID, GapProbe.Answer)
  /// What a channel said to a notification, by the number of its `tell` entry.
  case delivered(of: Int, channel: String, ChannelAnswer)
  /// What a channel says of a message that it took under that `tell` entry's number.
  case there(of: Int, channel: String, ThereAnswer)
  /// A runbook's command has run.
  case remedied(Remedy)
  /// The dead man's switch outside was told that the watch lives.
  case deadMan(DeadManAnswer)
}

/// What the engine wants done. The loop at the edge does it, in order.
public enum EngineEffect: Hashable, Sendable {
  case append([Event])
  /// Run these probes now: those that see this path's source, or all.
  case probe(SourceID?)
  /// Find out what became of the records of an alert's silent time.
  case accountGap(AlertID, GapProbe.Question)
  case verify
  /// Delete these messages of the queue: the journal has what they said.
  case release(PathID, receipts: [String])
  /// Send a notification by that channel, once; `of` is the number of its `tell` entry, which the
  /// journal has.
  case notify(AlertNotification, channel: String, of: Int)
  /// Ask a channel whether somebody has taken on there what it accepted under that id.
  case lookThere(id: String, channel: String, of: Int)
  /// Run a runbook's command: only after the journal has that it will.
  case remedy(Remedy)
  /// For the message line of whoever watches.
  case say(String)
}

/// What became of a command before anything is written.
public enum CommandAnswer: Hashable, Sendable {
  case effects([EngineEffect])
  case refused(String)
}
