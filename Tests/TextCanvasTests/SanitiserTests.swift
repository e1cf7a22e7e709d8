import Testing

@testable import TextCanvas

@Suite struct SanitiserTests {
  @Test(arguments: [
    ("plain words-1/2", "plain words-1/2"),
    ("\u{1B}[31mred", "<1B>[31mred"),
    ("a\u{0}b\u{7}c\u{7F}", "a<00>b<07>c<7F>"),
    ("end\r\n\tnext", "end<0D><0A><09>next"),
    ("\u{85}\u{9B}2J", "<85><9B>2J"),
    ("ad\u{202E}nim\u{2066}\u{200F}", "ad<202E>nim<2066><200F>"),
    ("ad\u{200B}min\u{AD}\u{FEFF}", "ad<200B>min<AD><FEFF>"),
    ("a\u{200D}b\u{FE0F}", "a<200D>b<FE0F>"),
    ("tag\u{E0041}", "tag<E0041>"),
    ("line\u{2028}par\u{2029}", "line<2028>par<2029>"),
    ("filler\u{3164}\u{115F}", "filler<3164><115F>"),
    ("\u{E0B0}\u{F0000}\u{10FFFD}", "<E0B0><F0000><10FFFD>"),
    ("👩\u{200D}💻 👍\u{1F3FD} ⚠\u{FE0F}", "👩💻 👍 ⚠"),
    ("\u{1F3FD}", "<1F3FD>"),
    ("\u{301}a", "<301>a"),
    ("\u{7}\u{301}", "<07><301>"),
    ("e\u{301}か\u{3099}", "e\u{301}か\u{3099}"),
    ("z\u{301}\u{302}\u{303}\u{304}\u{305}", "z\u{301}\u{302}\u{303}\u{304}<305>"),
  ])
  func shows(hostile: String, expected: String) {
    let text = SafeText(untrusted: hostile)
    #expect(Array(text.string.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func everyScalarIsShownOrCoded() {
    let planes = Array(UInt32(0)...0x3000) + Array(0xE0000...0xE01FF)
    for value in planes + Array(stride(from: UInt32(0x3001), through: 0x10FFFF, by: 61)) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = SafeText(untrusted: "a\(String(scalar))b")
      let shown = text.string.unicodeScalars
      let isWhole = shown.count == 3 && shown.contains(scalar)
      let code = String(value, radix: 16, uppercase: true)
      let isCoded = text.string == "a<\(value < 16 ? "0" : "")\(code)>b"
      if !(isWhole || isCoded) { Issue.record("U+\(code) became \(text.string)") }
    }
  }

  @Test func nothingThatATerminalObeysSurvives() {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = SafeText(untrusted: "x\(String(scalar))")
      for kept in text.string.unicodeScalars {
        let category = kept.properties.generalCategory
        let isObeyed =
          category == .control || category == .format || category == .lineSeparator
          || category == .paragraphSeparator
        if isObeyed || kept.properties.isDefaultIgnorableCodePoint {
          Issue.record("U+\(String(value, radix: 16)) survived")
        }
      }
    }
  }

  @Test func widthIsTheSumOfItsScalars() {
    for value in stride(from: UInt32(0), through: 0x1FFFF, by: 17) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = SafeText(untrusted: "a\(String(scalar))")
      let sum = text.string.unicodeScalars.reduce(0) { $0 + GlyphWidth.columns($1) }
      #expect(text.width == sum)
    }
  }

  @Test func asciiAlphabetLeavesOnlyASCII() {
    let text = SafeText(untrusted: "Zoë 日本 \u{202E}", alphabet: .ascii)
    #expect(text.string == "Zo<EB> <65E5><672C> <202E>")
    #expect(SafeText(untrusted: "Zoë").ascii.string == "Zo<EB>")
    #expect(text.isASCII && !SafeText(untrusted: "Zoë").isASCII)
  }

  @Test func lengthIsBounded() {
    let long = String(repeating: "é", count: 100_000)
    #expect(SafeText(untrusted: long, limit: 10).string == "éééééééé..")
    #expect(SafeText(untrusted: String(repeating: "x", count: 11), limit: 10).width == 10)
    #expect(SafeText(untrusted: "\u{1B}\u{1B}\u{1B}", limit: 6).string == "<1B>..")
    #expect(SafeText(untrusted: "abc", limit: 0).isEmpty)
    #expect(SafeText(untrusted: "éa", limit: -1).isEmpty)
  }

  @Test func linesAreSplitBeforeTheyAreMadeHarmless() {
    let lines = SafeText.lines(untrusted: "a\nb\r\nc\rd\n\n\u{1B}", lineLimit: 10)
    #expect(lines.map(\.string) == ["a", "b", "c", "d", "", "<1B>"])
    #expect(SafeText.lines(untrusted: "a\nb\nc", lineLimit: 2).map(\.string) == ["a", "b"])
  }
}
