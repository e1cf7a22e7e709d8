import TextCanvas

/// A key that asks for a line was refused: the line that somebody types all the same is no list of
/// commands. It is dropped until Enter, Esc or a rest.
public struct DroppedText: Hashable, Sendable {
  /// The key that was refused, as it was typed.
  var key: String
  /// Keys dropped so far.
  public internal(set) var count = 0
  /// When the last key came, in seconds since the start.
  var last: Int

  /// Ticks without a key after which keys are commands again: at least two seconds.
  static let rest = 3
}

extension ConsoleState {
  /// What is being dropped now.
  public var droppedNow: DroppedText? {
    dropped.flatMap { seconds - $0.last < DroppedText.rest ? $0 : nil }
  }

  /// The refused action's line is not to run as keys.
  mutating func dropText(after action: Action, called name: String) {
    guard action.asksForText else { return }
    dropped = DroppedText(key: name, last: seconds)
  }

  /// Takes a key of a line that nobody asked for.
  /// - Returns: whether it was taken.
  mutating func drop(_ key: Key) -> Bool {
    guard var text = droppedNow else {
      dropped = nil
      return false
    }
    switch key {
    case .enter, .escape:
      dropped = nil
      guard text.count > 0 else { return false }
      say(.refused("\(key.text): \(text.keys) after \(text.key) dropped, nothing was done"))
      return true
    case .control("c"), .control("l"), .control("z"): return false
    default: break
    }
    // Somebody who moves on has seen the refusal; somebody who types has not.
    guard text.count > 0 || key.isTyped else {
      dropped = nil
      return false
    }
    text.count += 1
    text.last = seconds
    dropped = text
    say(
      .refused(
        "\(key.text): \(text.keys) dropped, as \(text.key) was refused; "
          + "Enter, Esc or 2 s of rest end that"))
    return true
  }
}

extension DroppedText {
  /// `1 key`, `12 keys`
  fileprivate var keys: String { count == 1 ? "1 key" : "\(count) keys" }
}

extension Key {
  /// Whether it writes or takes back text.
  fileprivate var isTyped: Bool {
    switch self {
    case .character, .backspace, .delete: true
    default: false
    }
  }
}
