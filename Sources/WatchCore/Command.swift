/// What an operator asks of the watch. Nothing has happened until the journal holds it.
public enum Command: Hashable, Sendable {
  /// `by` and the time are added by the engine; `until` is for shelve, `to` for assign.
  case act(Act.Verb, AlertID, text: String? = nil, until: Timestamp? = nil, to: String? = nil)
  case step(AlertID, runbook: String, step: Int, StepMark.Outcome, text: String? = nil)
  /// Run a step's command, which changes something: typed to confirm.
  case remedy(AlertID, runbook: String, step: Int, command: String)
  /// Probe now: what this alert is about, or everything.
  case probe(AlertID?)
  /// Hand duty over to, or take it.
  case duty(to: String, text: String?)
  /// Take a weakness on until a time: a posture check's id or a failure's code, and its subject.
  case accept(rule: String, subject: String, until: Timestamp, reason: String)
  /// Withhold notifications until a time, and say why.
  case mute(until: Timestamp, reason: String)
  /// Withhold them no more.
  case unmute
  /// Check the journal's chain.
  case verify
}

/// What became of a command: one line for the message line.
public enum CommandOutcome: Hashable, Sendable {
  /// Written: these entries are on disk.
  case written([Entry])
  /// Done, nothing to write.
  case done(String)
  /// Not allowed: why, and what to do.
  case refused(String)
  /// The journal could not be written; the act did not happen.
  case notSaved(String)
}
