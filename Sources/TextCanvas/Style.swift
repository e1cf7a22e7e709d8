/// How a cell looks, besides its character.
public struct Style: Sendable, Hashable {
  public var attributes: Attributes
  public var foreground: Colour
  public var background: Colour

  public init(
    _ attributes: Attributes = [], foreground: Colour = .terminal, background: Colour = .terminal
  ) {
    self.attributes = attributes
    self.foreground = foreground
    self.background = background
  }

  /// The terminal's own look.
  public static let plain = Style()

  /// Video attributes that every terminal either has or leaves out; blink is not among them.
  public struct Attributes: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let underline = Attributes(rawValue: 4)
    public static let reverse = Attributes(rawValue: 8)
  }
}

/// A colour of the terminal: its default, or one of its palette (0...7 named, 8...15 bright).
public enum Colour: Sendable, Hashable {
  case terminal
  case palette(UInt8)
}
