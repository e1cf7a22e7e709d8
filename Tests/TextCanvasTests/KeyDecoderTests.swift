import Testing

@testable import TextCanvas

@Suite struct KeyDecoderTests {
  private func decode(_ bytes: [UInt8]) -> [TerminalEvent] {
    var decoder = KeyDecoder()
    return bytes.flatMap { decoder.take(.byte($0)) } + decoder.take(.idle)
  }

  private func decode(_ text: String) -> [TerminalEvent] { decode(Array(text.utf8)) }

  @Test(
    arguments: [
      ("a é日", [.character("a"), .character(" "), .character("é"), .character("日")]),
      ("\r\n\t\u{7F}\u{8}", [.enter, .control("j"), .tab, .backspace, .backspace]),
      (
        "\u{3}\u{1A}\u{C}\u{0}\u{1F}",
        [.control("c"), .control("z"), .control("l"), .unknown, .unknown]
      ),
      ("\u{1B}", [.escape]),
      ("\u{1B}\u{1B}", [.escape, .escape]),
      ("\u{1B}[A\u{1B}OB\u{1B}[5~\u{1B}[Z", [.up, .down, .pageUp, .backTab]),
      ("\u{1B}a", [.unknown]),
      ("\u{1B}é", [.unknown]),
      ("\u{1B}[1;5Aq", [.unknown, .character("q")]),
      ("\u{1B}[[Aq", [.unknown, .character("q")]),
      ("\u{1B}[<0;10;10Mq", [.unknown, .character("q")]),
      ("\u{1B}[1234567890123456789012345678901234567890aq", [.unknown, .character("q")]),
      ("\u{1B}[", [.unknown]),
      ("\u{1B}[1\rq", [.unknown, .enter, .character("q")]),
      ("\u{85}", [.unknown]),
    ] as [(String, [Key])])
  func keys(bytes: String, expected: [Key]) {
    #expect(decode(bytes) == expected.map { .key($0) })
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x7A], ["z"]),
      ([0xC3, 0x61], ["a"]),
      ([0xE6, 0x97, 0x61, 0xA5], ["a"]),
      ([0xC0, 0xAF, 0x62], ["b"]),
      ([0xED, 0xA0, 0x80, 0x63], ["c"]),
      ([0xF4, 0x90, 0x80, 0x80, 0x64], ["d"]),
      ([0xE6, 0x97, 0xE6, 0x97, 0xA5], ["日"]),
      ([0xF0, 0x9F, 0x91, 0x8D], ["👍"]),
    ] as [([UInt8], [Unicode.Scalar])])
  func invalidBytesAreDroppedOneByOne(bytes: [UInt8], expected: [Unicode.Scalar]) {
    #expect(decode(bytes) == expected.map { .key(.character($0)) })
  }

  @Test func agreesWithTheStandardLibraryOnWellFormedText() {
    for value in stride(from: UInt32(0xA0), through: 0x10FFFF, by: 7) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(decode(String(scalar)) == [.key(.character(scalar))])
    }
  }

  @Test func pasteIsOneText() {
    #expect(
      decode("\u{1B}[200~a\rs\r\nq\u{1B}[A\u{1B}[201~x") == [
        .paste("a\ns\nq\u{1B}[A"), .key(.character("x")),
      ])
    var decoder = KeyDecoder()
    let inputs: [KeyDecoder.Input] = [
      .pasteStart, .byte(0x61), .key(.up), .idle, .byte(0xFF), .pasteEnd, .pasteEnd, .key(.up),
    ]
    #expect(inputs.flatMap { decoder.take($0) } == [.paste("a\u{FFFD}"), .key(.up)])
  }

  @Test func pasteIsBoundedAndItsEndIsStillSeen() {
    let long = String(repeating: "x", count: KeyDecoder.pasteLimit + 1000)
    let events = decode("\u{1B}[200~\(long)\u{1B}[201~q")
    #expect(events.count == 2 && events.last == .key(.character("q")))
    guard case .paste(let text) = events.first else { return #expect(Bool(false)) }
    #expect(text.utf8.count == KeyDecoder.pasteLimit)
  }

  @Test func anUnfinishedPasteCanBeTakenOut() {
    var decoder = KeyDecoder()
    _ = decoder.take(.pasteStart)
    _ = decoder.take(.byte(0x61))
    #expect(decoder.isPasting)
    #expect(decoder.endPaste() == [.paste("a")])
    #expect(!decoder.isPasting && decoder.endPaste().isEmpty)
  }
}
