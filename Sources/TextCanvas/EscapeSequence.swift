/// What follows an ESC from the keyboard: CSI (ESC [ ... final, ECMA-48 5.4), SS3 (ESC O final), or
/// a key that was pressed with Alt.
struct EscapeSequence: Sendable {
  /// The mark that ends a bracketed paste, with its ESC.
  static let pasteEnd: [UInt8] = [0x1B] + Array("[201~".utf8)

  /// Of longer ones no more is kept; none that is known is longer.
  private static let longest = 16
  private var bytes: [UInt8] = []

  enum Outcome {
    case incomplete, key(Key), pasteStart, pasteEnd
    /// The byte does not belong to it.
    case broken
  }

  /// Whether nothing but the ESC is there.
  var isBare: Bool { bytes.isEmpty }

  mutating func take(_ byte: UInt8) -> Outcome {
    guard byte >= 0x20 else { return .broken }
    if bytes.count < Self.longest { bytes.append(byte) }
    if bytes.count == 1 {
      return byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") ? .incomplete : .key(.unknown)
    }
    // The linux console sends F1 to F5 as ESC [ [ A.
    if bytes.count == 2, bytes == Array("[[".utf8) { return .incomplete }
    let isFinal = (0x40...0x7E).contains(byte)
    let isParameter = (0x20...0x3F).contains(byte)
    guard isFinal || isParameter else { return .key(.unknown) }
    return isFinal ? outcome : .incomplete
  }

  private var outcome: Outcome {
    switch String(decoding: bytes, as: UTF8.self) {
    case "[200~": .pasteStart
    case "[201~": .pasteEnd
    case "[A", "OA": .key(.up)
    case "[B", "OB": .key(.down)
    case "[C", "OC": .key(.right)
    case "[D", "OD": .key(.left)
    case "[H", "OH", "[1~", "[7~": .key(.home)
    case "[F", "OF", "[4~", "[8~": .key(.end)
    case "[3~": .key(.delete)
    case "[5~": .key(.pageUp)
    case "[6~": .key(.pageDown)
    case "[Z": .key(.backTab)
    case "OM": .key(.enter)
    default: .key(.unknown)
    }
  }
}
