/// Turns scalars from outside into text that a terminal shows and never obeys.
struct Sanitiser {
  /// A cell holds a base and four marks; ncurses drops more without a word.
  private static let marksPerBase = 4

  private let alphabet: Alphabet
  private var output = ""
  private(set) var width = 0
  private var marks = 0
  private var base = Base.none

  /// What the next mark or modifier would join.
  private enum Base {
    case none, letter, emoji
  }

  init(alphabet: Alphabet) {
    self.alphabet = alphabet
  }

  /// What was taken so far.
  var text: SafeText { SafeText(known: output, width: width) }

  mutating func take(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      takeASCII(scalar)
    } else if alphabet == .ascii {
      showCode(of: scalar)
    } else {
      takeWide(scalar)
    }
  }

  private mutating func takeASCII(_ scalar: Unicode.Scalar) {
    guard GlyphWidth(scalar) == .one else { return showCode(of: scalar) }
    append(scalar, columns: 1, as: .letter)
  }

  private mutating func takeWide(_ scalar: Unicode.Scalar) {
    switch GlyphWidth(scalar) {
    case .one: append(scalar, columns: 1, as: scalar.properties.isEmoji ? .emoji : .letter)
    case .two: append(scalar, columns: 2, as: scalar.properties.isEmoji ? .emoji : .letter)
    case .zero: takeMark(scalar)
    case .hidden: takeHidden(scalar)
    }
  }

  private mutating func takeMark(_ mark: Unicode.Scalar) {
    guard base != .none, marks < Self.marksPerBase else { return showCode(of: mark) }
    output.unicodeScalars.append(mark)
    marks += 1
  }

  /// Terminals disagree on the width of these after an emoji, and nothing is lost without them;
  /// anywhere else they only hide something, so they are shown.
  private mutating func takeHidden(_ scalar: Unicode.Scalar) {
    guard base == .emoji, Self.modifiesEmoji(scalar) else { return showCode(of: scalar) }
  }

  private static func modifiesEmoji(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200D, 0xFE0E, 0xFE0F, 0x20E3, 0x1F3FB...0x1F3FF: true
    default: false
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar, columns: Int, as kind: Base) {
    output.unicodeScalars.append(scalar)
    width += columns
    marks = 0
    base = kind
  }

  /// `<1B>`: upper case, at least two digits.
  private mutating func showCode(of scalar: Unicode.Scalar) {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = digits.utf8.count < 2 ? "<0\(digits)>" : "<\(digits)>"
    output += code
    width += code.utf8.count
    marks = 0
    base = .none
  }
}
