/// How many columns a scalar takes on a terminal, and which scalars are never sent to one.
///
/// The rule is the platform's `wcwidth`, because that is what ncurses counts; a grapheme rule
/// disagrees with it and breaks columns. Hidden are those that a reader cannot see or that
/// terminals disagree on: controls, format characters (bidirectional controls, joiners, tags),
/// default-ignorable code points (Unicode DerivedCoreProperties), private use, unassigned,
/// line and paragraph separators, skin tones and the keycap mark.
enum GlyphWidth: UInt32 {
  case zero = 0
  case one = 1
  case two = 2
  case hidden = 3

  /// The class of one scalar.
  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x7F {
      self = value >= 0x20 ? .one : .hidden
    } else {
      self = Self.look(up: value)
    }
  }

  /// The columns of a scalar that survived the sanitiser: 0, 1 or 2.
  static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch GlyphWidth(scalar) {
    case .zero: 0
    case .two: 2
    case .one, .hidden: 1
    }
  }

  private static func look(up value: UInt32) -> GlyphWidth {
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= value { low = middle } else { high = middle - 1 }
    }
    return GlyphWidth(rawValue: runs[low] & 3) ?? .hidden
  }

  /// Where each run begins.
  private static let starts: [UInt32] = {
    var starts: [UInt32] = []
    starts.reserveCapacity(runs.count)
    var next: UInt32 = 0
    for run in runs {
      starts.append(next)
      next += run >> 2
    }
    return starts
  }()
}
