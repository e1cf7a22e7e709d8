import WatchCore

/// One line of text being typed.
public struct Field: Hashable, Sendable {
  public enum Purpose: Hashable, Sendable {
    case note([AlertID])
    /// Closes a high alert that has cleared.
    case closing([AlertID])
    case resolve([AlertID])
    case assign([AlertID])
    case shelve([AlertID], until: Timestamp)
    case step(AlertID, runbook: String, step: Int, StepMark.Outcome)
    /// Runs exactly this command once the word was typed.
    case remedy(Command, word: String)
    case escalate(AlertID, to: String)
    case accept(Acceptance.Key, until: Timestamp)
    /// `30m REASON`, or `end`.
    case mute
    case dutyTo
    case dutyLine(to: String)
    case filter
    case palette
    /// To acknowledge a fold without a common cause its count must be typed.
    case count([AlertID])
  }

  public var purpose: Purpose
  /// What is asked: the line above the field.
  public var question: String
  /// Before the text: `cause`.
  public var label: String
  public private(set) var text: String
  /// Where the next character goes, in characters from the start.
  public private(set) var cursor: Int

  /// Characters that fit into a field, and so into an entry.
  public static let limit = 1000

  public init(_ purpose: Purpose, question: String, label: String, text: String = "") {
    self.purpose = purpose
    self.question = question
    self.label = label
    self.text = String(text.prefix(Field.limit))
    cursor = self.text.count
  }

  /// The text without blanks at its ends.
  public var line: String {
    let kept = text.drop { $0 == " " || $0 == "\n" }
    var end = kept.endIndex
    while end > kept.startIndex {
      let before = kept.index(before: end)
      guard kept[before] == " " || kept[before] == "\n" else { break }
      end = before
    }
    return String(kept[..<end])
  }

  public var isFull: Bool { text.count >= Field.limit }

  mutating func insert(_ piece: String) {
    let room = String(piece.prefix(max(0, Field.limit - text.count)))
    let before = text.count
    text.insert(contentsOf: room, at: index)
    // A combining mark joins the character before it: count what is really there.
    cursor += text.count - before
  }

  mutating func replace(with other: String) {
    text = String(other.prefix(Field.limit))
    cursor = text.count
  }

  mutating func backspace() {
    guard cursor > 0 else { return }
    cursor -= 1
    text.remove(at: index)
  }

  mutating func delete() {
    guard cursor < text.count else { return }
    text.remove(at: index)
  }

  mutating func move(by step: Int) {
    cursor = min(max(0, cursor + step), text.count)
  }

  mutating func move(toEnd: Bool) {
    cursor = toEnd ? text.count : 0
  }

  /// What stands before the cursor, and from it on.
  public var parts: (before: String, after: String) {
    (String(text[..<index]), String(text[index...]))
  }

  private var index: String.Index {
    text.index(text.startIndex, offsetBy: cursor, limitedBy: text.endIndex) ?? text.endIndex
  }
}
