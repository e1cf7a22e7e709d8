/// What became of one attempt to tell somebody.
public enum ChannelAnswer: Hashable, Sendable {
  /// The channel took it, with its own id where it gives one.
  case accepted(id: String?)
  /// It will not take it as it stands: trying again is of no use.
  case refused(String)
  /// It may be tried again, not before that time where the channel names one. It may have been
  /// taken all the same: the answer was lost.
  case failed(String, retryAfter: Duration?)
}
