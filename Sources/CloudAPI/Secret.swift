/// Text that must never reach a screen, a log or an error: printing, interpolating, dumping and
/// reflecting it give `(secret)`. Only `reveal` hands it out.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  public init(_ text: String) {
    self.text = text
  }

  /// The text itself, for the signature or the header that needs it.
  public var reveal: String { text }

  public var isEmpty: Bool { text.isEmpty }
  public var description: String { "(secret)" }
  public var debugDescription: String { "(secret)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
