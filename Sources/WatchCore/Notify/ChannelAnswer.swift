/// What became of one attempt to tell somebody.
public enum ChannelAnswer: Hashable, Sendable {
  /// The channel took it, with its own id where it gives one.
  case accepted(id: String?)
  /// As accepted, and the channel says that somebody has taken it on there.
  case taken(id: String?, by: String)
  /// It will not take it as it stands: trying again is of no use.
  case refused(String)
  /// Nothing was sent, and nothing will be before something changes here: a variable, a program, the
  /// configuration. It says nothing of the channel.
  case unsent(String)
  /// It may be tried again, not before that time where the channel names one. It may have been
  /// taken all the same: the answer was lost.
  case failed(String, retryAfter: Duration?)
}
