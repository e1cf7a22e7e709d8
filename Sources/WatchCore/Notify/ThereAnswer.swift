/// What a channel says of a message that it took: whether somebody has acknowledged it there.
public enum ThereAnswer: Hashable, Sendable {
  /// Who, in the channel's words: `Ana Roe, In Progress`. No acknowledgement of ours.
  case taken(by: String)
  case untaken
  /// It could not be asked, or it has no word for it.
  case unknown(String)
}
