import TextCanvas
import WatchCore

/// A question or a text field: while it is open it gets the keys.
public enum Prompt: Hashable, Sendable {
  case question(Question)
  case field(Field)
}

/// A question that one key answers.
public struct Question: Hashable, Sendable {
  public enum About: Hashable, Sendable {
    case quit
    /// For how long.
    case shelve([AlertID])
    /// Whether an act is to cover all marked alerts.
    case marked(Action.Name, [AlertID])
    /// Until when a weakness is accepted.
    case accept(Acceptance.Key)
    /// A name that nobody here is known by.
    case stranger(String, Field.Purpose)
  }

  public struct Choice: Hashable, Sendable {
    public var key: Key
    public var text: String
    /// For shelving: until when.
    public var until: Timestamp?

    public init(_ key: Key, _ text: String, until: Timestamp? = nil) {
      self.key = key
      self.text = text
      self.until = until
    }
  }

  public var about: About
  public var text: String
  /// Esc always says no.
  public var choices: [Choice]

  public init(_ about: About, _ text: String, choices: [Choice]) {
    self.about = about
    self.text = text
    self.choices = choices
  }
}
