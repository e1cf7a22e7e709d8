/// Turns what the keyboard sends into events: bytes into characters, escape sequences into keys,
/// and what comes between the marks of a bracketed paste into one text.
///
/// A sequence that nobody knows, and Alt with a key, come out as one `.unknown`: their letters must
/// never act as commands. So an Esc counts as the Esc key only when `idle` follows it.
public struct KeyDecoder: Sendable {
  /// A paste is cut after so many bytes.
  public static let pasteLimit = 65_536

  /// One thing that was read.
  public enum Input: Sendable, Hashable {
    case byte(UInt8)
    case key(Key)
    case pasteStart
    case pasteEnd
    /// Nothing more is there to read for now.
    case idle
  }

  private var text = PartialUTF8()
  private var sequence: EscapeSequence?
  private var paste: [UInt8]?

  public init() {}

  /// Whether a paste has begun and not ended yet.
  public var isPasting: Bool { paste != nil }

  /// Takes the next input.
  public mutating func take(_ input: Input) -> [TerminalEvent] {
    switch input {
    case .byte(let byte): paste == nil ? take(byte) : takePasted(byte)
    case .key(let key): paste == nil ? settle() + [.key(key)] : []
    case .pasteStart: startPaste()
    case .pasteEnd: endPaste()
    case .idle: settle()
    }
  }

  /// Gives out the paste, also one whose end never came.
  public mutating func endPaste() -> [TerminalEvent] {
    guard let bytes = paste else { return [] }
    paste = nil
    return [.paste(Self.joinedLines(bytes))]
  }

  private mutating func take(_ byte: UInt8) -> [TerminalEvent] {
    guard var open = sequence else { return takePlain(byte) }
    let outcome = open.take(byte)
    sequence = open
    switch outcome {
    case .incomplete:
      return []
    case .key(let key):
      sequence = nil
      return [.key(key)]
    case .pasteStart:
      return startPaste()
    case .pasteEnd:
      sequence = nil
      return []
    case .broken:
      return settle() + take(byte)
    }
  }

  private mutating func takePlain(_ byte: UInt8) -> [TerminalEvent] {
    if byte == 0x1B {
      text = PartialUTF8()
      sequence = EscapeSequence()
      return []
    }
    return text.take(byte).map { .key(Self.key(for: $0)) }
  }

  /// Ends an escape sequence that did not go on.
  private mutating func settle() -> [TerminalEvent] {
    guard let open = sequence else { return [] }
    sequence = nil
    return [.key(open.isBare ? .escape : .unknown)]
  }

  private mutating func startPaste() -> [TerminalEvent] {
    text = PartialUTF8()
    sequence = nil
    if paste == nil { paste = [] }
    return []
  }

  private mutating func takePasted(_ byte: UInt8) -> [TerminalEvent] {
    paste?.append(byte)
    if byte == EscapeSequence.pasteEnd.last, paste?.suffix(6) == EscapeSequence.pasteEnd[...] {
      paste?.removeLast(6)
      return endPaste()
    }
    // Of a paste that is too long only its last bytes are kept, so that its end is still seen.
    if let count = paste?.count, count > Self.pasteLimit + 6 { paste?.remove(at: Self.pasteLimit) }
    return []
  }

  /// Terminals send CR for a line end in a paste.
  private static func joinedLines(_ bytes: [UInt8]) -> String {
    var lines: [UInt8] = []
    lines.reserveCapacity(bytes.count)
    var last: UInt8 = 0
    for byte in bytes.prefix(pasteLimit) {
      if byte == 0x0D {
        lines.append(0x0A)
      } else if !(byte == 0x0A && last == 0x0D) {
        lines.append(byte)
      }
      last = byte
    }
    return String(decoding: lines, as: UTF8.self)
  }

  /// In raw mode Enter is CR, and LF is Ctrl-J.
  private static func key(for scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0D: .enter
    case 0x01...0x1A: .control(letter(scalar.value))
    case 0x00...0x1F, 0x80...0x9F: .unknown
    default: .character(scalar)
    }
  }

  private static func letter(_ control: UInt32) -> Character {
    Character(Unicode.Scalar(UInt8(truncatingIfNeeded: control) + 0x60))
  }
}
