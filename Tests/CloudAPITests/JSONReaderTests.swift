import Testing

@testable import CloudAPI

@Suite struct JSONReaderTests {
  @Test func readsEveryKindAndWritesItBack() throws {
    let text = #"{"a":[1,-0.5e+3,true,false,null,"x\"\\\/\b\f\n\r\té"],"b":{}}"#
    let value = try JSONReader.read(Array(text.utf8))
    #expect(value["a"]?.array?.count == 6)
    #expect(value["a"]?.array?[1].number == -500)
    #expect(value["a"]?.array?[5].string == "x\"\\/\u{8}\u{c}\n\r\té")
    #expect(value["b"] == .object([]))
    #expect(try JSONReader.read(value.utf8) == value)
  }

  @Test(arguments: [
    (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{fffd}"), (#""\ude00x""#, "\u{fffd}x"),
    (#""\ud83d\u0041""#, "\u{fffd}A"), (#""\u0000""#, "\0"), ("\"\u{7f}\"", "\u{7f}"),
  ])
  func readsEscapes(_ text: String, _ wanted: String) throws {
    #expect(try JSONReader.read(Array(text.utf8)) == .string(wanted))
  }

  @Test(arguments: [
    ("", JSONProblem.empty), (" \n", .empty), ("[1,", .cut), ("{\"a\"", .cut), ("\"abc", .cut),
    ("tru", .cut), ("1.", .cut), ("-", .cut), ("[1 2]", .unexpected(byte: 0x32, offset: 3)),
    ("[1]]", .more(offset: 3)), ("{} {}", .more(offset: 3)), ("01", .badNumber(offset: 0)),
    ("[1.x]", .badNumber(offset: 1)), ("+1", .unexpected(byte: 0x2b, offset: 0)),
    ("NaN", .unexpected(byte: 0x4e, offset: 0)), ("[,]", .unexpected(byte: 0x2c, offset: 1)),
    ("{a:1}", .unexpected(byte: 0x61, offset: 1)), ("\"\\x\"", .badEscape(offset: 1)),
    ("\"\\u12g4\"", .badEscape(offset: 1)), ("\"a\nb\"", .unexpected(byte: 0x0a, offset: 2)),
    (#"{"a":1,"a":2}"#, .duplicateName("a", offset: 7)),
  ])
  func refuses(_ text: String, _ problem: JSONProblem) {
    #expect(throws: problem) { try JSONReader.read(Array(text.utf8)) }
  }

  @Test func refusesBadUTF8() {
    #expect(throws: JSONProblem.badUTF8(offset: 0)) {
      try JSONReader.read([0x22, 0xff, 0xfe, 0x22])
    }
    #expect(throws: JSONProblem.badUTF8(offset: 0)) {
      try JSONReader.read([0x22, 0xed, 0xa0, 0x80, 0x22])  // a surrogate
    }
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":"])
  func depthIsBounded(_ opening: String) {
    let deep = Array(String(repeating: opening, count: 100_000).utf8)
    #expect(throws: JSONProblem.tooDeep(limit: JSONReader.depthLimit)) { try JSONReader.read(deep) }
  }

  @Test func deepestAllowedIsRead() throws {
    let limit = JSONReader.depthLimit
    let text = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
    #expect(try JSONReader.read(Array(text.utf8)).text == text)
  }

  /// Every prefix of a record, and every byte of it changed: an error or a value, never a trap.
  @Test func survivesCutsAndFlips() {
    let text = Array(#"{"a":[1.5e2,"\u00e9é",{"b":null}],"c":true}"#.utf8)
    var readable = 0
    for end in 0..<text.count {
      if (try? JSONReader.read(Array(text[..<end]))) != nil { readable += 1 }
    }
    #expect(readable == 0)
    for index in text.indices {
      for byte in stride(from: UInt8(0), through: 255, by: 5) {
        var changed = text
        changed[index] = byte
        _ = try? JSONReader.read(changed)
      }
    }
  }

  @Test func numbersKeepTheirText() throws {
    let value = try JSONReader.read(Array("[12345678901234567890.10, 1e999]".utf8))
    #expect(value.text == "[12345678901234567890.10,1e999]")
    #expect(value.array?[1].number == nil)
  }
}
