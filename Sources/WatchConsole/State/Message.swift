/// One line to the operator: an answer to a key, or news.
public struct Message: Hashable, Sendable {
  /// May hold anything; made harmless where it is drawn.
  public var text: String
  public var role: ColourRole
  /// Seconds of real time that it stands.
  public var seconds: Int

  public init(_ text: String, role: ColourRole = .text, seconds: Int = 10) {
    self.text = text
    self.role = role
    self.seconds = seconds
  }

  /// Why a key did nothing.
  public static func refused(_ text: String) -> Message {
    Message(text, role: .warnLine)
  }

  /// Something is wrong that somebody must read.
  public static func trouble(_ text: String) -> Message {
    Message(text, role: .newHigh, seconds: 60)
  }
}
