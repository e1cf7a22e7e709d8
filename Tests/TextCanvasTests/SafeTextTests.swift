import Testing

@testable import TextCanvas

@Suite struct SafeTextTests {
  @Test func literalsAndInterpolation() {
    let name = SafeText(untrusted: "to-siem\n")
    let text: SafeText = "DELETED \(name) at \(3, digits: 2):\(-7)"
    #expect(text.string == "DELETED to-siem<0A> at 03:-7")
    #expect(text.width == text.string.utf8.count)
    let literal: SafeText = "tab\t│"
    #expect(literal.string == "tab<09>│" && literal.width == 8)
  }

  @Test func joining() {
    let parts: [SafeText] = ["a", "か", ""]
    let joined = parts.joined(separator: ", ")
    #expect(joined.string == "a, か, " && joined.width == 7)
    #expect(SafeText(repeating: "▇", count: 3).string == "▇▇▇")
    #expect(SafeText.spaces(-1) == .empty)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abc.."), ("abcdef", 2, ".."), ("abcdef", 1, "."),
    ("abcdef", 0, ""), ("abcdef", -3, ""), ("日本語", 6, "日本語"), ("日本語", 5, "日.."),
    ("日本語", 3, ".."), ("日本語", 4, "日.."), ("e\u{301}xyz", 3, "e\u{301}.."),
  ])
  func truncated(text: String, limit: Int, expected: String) {
    let cut = SafeText(untrusted: text).truncated(to: limit)
    #expect(cut.string == expected)
    #expect(cut.width <= max(0, limit))
  }

  @Test func padded() {
    #expect(SafeText("か").padded(to: 4).string == "か  ")
    #expect(SafeText(7).padded(to: 3, .right).string == "  7")
    #expect(SafeText("long").padded(to: 2).string == "long")
    #expect(SafeText("long").fitted(to: 3).string == "l..")
  }

  @Test func splitKeepsMarksWithTheirBase() {
    let text = SafeText(untrusted: "ae\u{301}b")
    let (head, tail) = text.split(atWidth: 2)
    #expect(Array(head.string.unicodeScalars) == ["a", "e", "\u{301}"])
    #expect(tail.string == "b" && head.width == 2 && tail.width == 1)
  }

  @Test(arguments: [
    ("stop the hand that did it", 10, 0, ["stop the", "hand that", "did it"]),
    ("stop the hand", 10, 2, ["stop the", "  hand"]),
    ("  a   b ", 10, 0, ["a b"]),
    ("abcdefghij k", 4, 0, ["abcd", "efgh", "ij k"]),
    ("ab abcdefg", 4, 1, ["ab", " abc", " def", " g"]),
    ("日本語", 3, 0, ["日", "本", "語"]),
    ("日本", 1, 0, []),
    ("", 5, 0, []),
    ("word", 0, 0, []),
  ])
  func wrapped(text: String, limit: Int, indent: Int, expected: [String]) {
    let lines = SafeText(untrusted: text).wrapped(to: limit, indent: indent)
    #expect(lines.map(\.string) == expected)
    #expect(lines.allSatisfy { $0.width <= limit })
  }
}
