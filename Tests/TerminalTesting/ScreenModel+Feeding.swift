/// Bytes in: characters, control characters, and where escape sequences end.
extension ScreenModel {
  /// Takes what the program wrote. A sequence that is not complete waits for the next call.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    var index = 0
    while index < pending.count, let length = step(at: index) { index += length }
    pending.removeFirst(index)
  }

  /// Handles what begins at the place; how many bytes it took, nil when more must come.
  private mutating func step(at start: Int) -> Int? {
    let byte = pending[start]
    switch byte {
    case 0x1B: return escape(at: start)
    case 0x00...0x1F, 0x7F:
      control(byte)
      return 1
    default: return character(at: start)
    }
  }

  private mutating func character(at start: Int) -> Int? {
    let first = pending[start]
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    guard start + length <= pending.count else { return nil }
    let scalars = String(decoding: pending[start..<(start + length)], as: UTF8.self).unicodeScalars
    for scalar in scalars {
      if (0x80...0x9F).contains(scalar.value) || scalar == "\u{FFFD}" {
        unknown.append("character \(String(scalar.value, radix: 16))")
      }
      put(scalar)
    }
    return length
  }

  private mutating func control(_ byte: UInt8) {
    wrapsNext = wrapsNext && byte == 0x00
    switch byte {
    case 0x08: cursor.column = max(0, cursor.column - 1)
    case 0x09: cursor.column = min(columns - 1, (cursor.column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D: cursor.column = 0
    case 0x00, 0x0E, 0x0F: break
    default: unknown.append("control \(String(byte, radix: 16))")
    }
  }

  private mutating func escape(at start: Int) -> Int? {
    guard start + 1 < pending.count else { return nil }
    switch pending[start + 1] {
    case UInt8(ascii: "["): return controlSequence(at: start)
    case UInt8(ascii: "]"): return operatingSystemCommand(at: start)
    case UInt8(ascii: "("), UInt8(ascii: ")"): return start + 2 < pending.count ? 3 : nil
    case let final:
      plainEscape(final)
      return 2
    }
  }

  private mutating func controlSequence(at start: Int) -> Int? {
    guard
      let end = pending[(start + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) })
    else { return nil }
    let body = String(decoding: pending[(start + 2)..<end], as: UTF8.self)
    perform(ControlSequence(body: body, final: pending[end]))
    return end - start + 1
  }

  private mutating func operatingSystemCommand(at start: Int) -> Int? {
    guard start + 2 < pending.count else { return nil }
    // The linux console's palette reset has no end mark.
    if pending[start + 2] == UInt8(ascii: "R") {
      unknown.append("OSC R")
      return 3
    }
    let ends = pending[(start + 2)...].firstIndex { $0 == 0x07 || $0 == 0x1B }
    guard let end = ends, pending[end] == 0x07 || end + 1 < pending.count else { return nil }
    let body = String(decoding: pending[(start + 2)..<end], as: UTF8.self)
    if body.hasPrefix("0;") || body.hasPrefix("2;") { title = String(body.dropFirst(2)) }
    unknown.append("OSC \(body)")
    return end - start + (pending[end] == 0x07 ? 1 : 2)
  }

  private mutating func plainEscape(_ final: UInt8) {
    switch final {
    case UInt8(ascii: "7"): savedCursor = cursor
    case UInt8(ascii: "8"): cursor = savedCursor
    case UInt8(ascii: "D"): lineFeed()
    case UInt8(ascii: "M"): reverseLineFeed()
    case UInt8(ascii: "="), UInt8(ascii: ">"): break
    default: unknown.append("ESC \(String(UnicodeScalar(final)))")
    }
  }
}

/// ESC [ parameters final.
struct ControlSequence {
  let isPrivate: Bool
  let parameters: [Int]
  let body: String
  let final: Character

  init(body: String, final: UInt8) {
    self.body = body
    self.final = Character(UnicodeScalar(final))
    isPrivate = body.hasPrefix("?")
    parameters = body.drop { $0 == "?" }.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == ";" || $0 == ":" }
    ).map { Int($0) ?? 0 }
  }

  /// A count or position: absent and 0 mean 1.
  func number(_ index: Int = 0) -> Int {
    index < parameters.count ? max(1, parameters[index]) : 1
  }
}
