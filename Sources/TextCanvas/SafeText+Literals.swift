/// Literals of the program, and interpolations of safe text and whole numbers; no other type fits.
extension SafeText: ExpressibleByStringInterpolation {
  public init(stringLiteral literal: StaticString) {
    // Through the sanitiser as well: a tab typed into the source must not reach the terminal.
    self.init(untrusted: literal.description, limit: .max)
  }

  public init(stringInterpolation: Interpolation) {
    self = stringInterpolation.text
  }

  /// Collects the pieces of an interpolated literal.
  public struct Interpolation: StringInterpolationProtocol {
    var text = SafeText.empty

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: StaticString) {
      text += SafeText(stringLiteral: literal)
    }

    public mutating func appendInterpolation(_ piece: SafeText) {
      text += piece
    }

    /// - Parameter digits: the fewest digits, filled with zeros from the left.
    public mutating func appendInterpolation(_ number: Int, digits: Int = 1) {
      text += SafeText(number, digits: digits)
    }
  }

  /// A whole number in decimal.
  /// - Parameter digits: the fewest digits, filled with zeros from the left.
  public init(_ number: Int, digits: Int = 1) {
    let figures = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, digits - figures.utf8.count))
    let written = (number < 0 ? "-" : "") + zeros + figures
    self.init(known: written, width: written.utf8.count)
  }
}
