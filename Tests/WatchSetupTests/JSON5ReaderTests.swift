import Testing
import WatchCore

@testable import WatchSetup

struct JSON5ReaderTests {
  /// Without places, to compare.
  private func plain(_ value: JSON5Value) -> JSON {
    switch value.content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .array(let items): .array(items.map(plain))
    case .object(let members): .object(members.map { JSON.Member($0.key, plain($0.value)) })
    }
  }

  private func read(_ text: String) throws(JSON5Error) -> JSON5Value {
    try JSON5Reader.read(Array(text.utf8))
  }

  /// The example on the first page of json5.org, and what it means.
  @Test func theSpecificationsExample() throws {
    let text = #"""
      {
        // comments
        unquoted: 'and you can quote me on that',
        singleQuotes: 'I can use "double quotes" here',
        lineBreaks: "Look, Mom! \
      No \\n's!",
        hexadecimal: 0xdecaf,
        leadingDecimalPoint: .8675309, andTrailing: 8675309.,
        positiveSign: +1,
        trailingComma: 'in objects', andIn: ['arrays',],
        "backwardsCompatible": "with JSON",
      }
      """#
    #expect(
      plain(try read(text)).line
        == #"{"unquoted":"and you can quote me on that","singleQuotes":"I can use \"double "#
        + #"quotes\" here","lineBreaks":"Look, Mom! No \\n's!","hexadecimal":912559,"#
        + #""leadingDecimalPoint":0.8675309,"andTrailing":8675309.0,"positiveSign":1,"#
        + #""trailingComma":"in objects","andIn":["arrays"],"backwardsCompatible":"with JSON"}"#)
  }

  @Test(arguments: [
    ("[]", "[]"), (" /* a * / b */ {} // end", "{}"), ("\u{FEFF}[1,\u{A0}2\u{2003}]", "[1,2]"),
    ("'\\x41\\u00e9\\ud83d\\ude00\\'\\0'", "\"Aé😀'\\u0000\""), ("-0x10", "-16"), ("-.5e+1", "-5.0"),
    ("{$a_1: null, ünï: true}", #"{"$a_1":null,"ünï":true}"#), ("'a\\\r\nb'", "\"ab\""),
    ("0", "0"), ("1E2", "100.0"), ("'\\v\\q'", "\"\\u000bq\""),
  ])
  func reads(_ text: String, _ json: String) throws {
    #expect(plain(try read(text)).line == json)
  }

  @Test(arguments: [
    ("", 1, 1, "the file ends where a value should stand"),
    ("{a:1}\n x", 2, 2, "text after the end of the value"),
    (
      "{\n  a: 1,\n  b: 2,\n  a: 3 }", 4, 3,
      "\"a\" stands here for the second time (first in line 2)"
    ),
    ("{a 1}", 1, 4, "expected ':' after \"a\""), ("{a: 1 b: 2}", 1, 7, "expected ',' or '}'"),
    ("[1 2]", 1, 4, "expected ',' or ']'"), ("{,}", 1, 2, "expected a key"),
    ("[,]", 1, 2, "expected a value"),
    ("{a: prod}", 1, 5, "\"prod\" is no value; a text stands in quotes"),
    ("{a: 'b\n'}", 1, 5, "this text has no end"), ("{/* a\n", 1, 2, "this comment has no end"),
    ("{a: Infinity}", 1, 5, "Infinity is not a number that can be used"),
    ("{a: -NaN}", 1, 5, "NaN is not a number that can be used"),
    ("[15m]", 1, 2, "this is no number; a text stands in quotes"),
    ("[012]", 1, 2, "a number has no leading zero"), ("[0x]", 1, 4, "expected hexadecimal digits"),
    ("[0xffffffffffffffffff]", 1, 2, "this number is too large"),
    ("[1e999]", 1, 2, "this number is too large"), ("[.]", 1, 2, "expected digits"),
    ("['\\ud800']", 1, 3, "half a surrogate pair"),
    ("['\\x4']", 1, 6, "expected 2 hexadecimal digits"),
    ("['é😀', \u{1F600}]", 1, 8, "expected a value"), ("{\r\n\r\n\t!}", 3, 2, "expected a key"),
    ("[1] /x", 1, 5, "expected a comment, // or /*"),
  ])
  func refuses(_ text: String, _ line: Int, _ column: Int, _ what: String) {
    #expect(throws: JSON5Error(place: TextPlace(line: line, column: column), what: what)) {
      try JSON5Reader.read(Array(text.utf8))
    }
  }

  @Test func boundsHold() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSON5Error.self) { try JSON5Reader.read(Array(deep.utf8)) }
    let large = [UInt8](repeating: 0x20, count: JSON5Reader.maxSize + 1)
    #expect(throws: JSON5Error.self) { try JSON5Reader.read(large) }
    #expect(throws: JSON5Error.self) { try JSON5Reader.read([0x27, 0xFF, 0x27]) }
  }

  /// Cut anywhere it is an error, never a trap.
  @Test func everyCutIsAnError() {
    let text = Array(ConfigurationReaderTests.example.utf8)
    for size in text.indices.dropLast(2) {
      #expect(throws: JSON5Error.self, "\(size)") { try JSON5Reader.read(Array(text[..<size])) }
    }
  }
}
