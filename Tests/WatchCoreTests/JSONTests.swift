import Testing
import WatchCore

struct JSONTests {
  @Test func everythingComesBack() throws {
    let text = #"{"a":[1,-2,2.5,true,false,null],"b":{"c":"d\"\\\n\u001b\u202e😀"},"e":""}"#
    let value = try JSON(text: text)
    #expect(value.line == text)
    #expect(value["b"]?["c"]?.string == "d\"\\\n\u{1B}\u{202E}😀")
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "tru", "\"a", "\"\\x\"", "\"\\ud800\"", "nul",
    "{\"a\":1,\"a\":2}", "1 2", "\"\u{1}\"", "[1", "{\"a\"}", "\"\\u12\"", "-", "1e", "\"\\u+123\"",
  ])
  func refuses(_ text: String) {
    #expect(throws: JSONError.self) { try JSON(text: text) }
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSON(text: deep) }
    #expect(throws: Never.self) {
      try JSON(text: String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
    }
  }

  @Test func badUTF8IsRefused() {
    #expect(throws: JSONError.self) { try JSON(bytes: [0x22, 0xFF, 0x22]) }
    #expect(throws: JSONError.self) { try JSON(bytes: [0x22, 0x5C, 0x6E, 0xFF, 0x22]) }
  }

  @Test(arguments: [2, 24, 25, 26, 400])
  func twiceTheSameKeyIsRefusedInLargeObjectsToo(_ count: Int) throws {
    let keys = (1..<count).map { "\"k\($0)\":\($0)" }
    let whole = "{" + keys.joined(separator: ",")
    #expect(try JSON(text: whole + "}").members?.count == count - 1)
    #expect(throws: JSONError.self) { try JSON(text: whole + ",\"k1\":0}") }
    #expect(throws: JSONError.self) { try JSON(text: whole + ",\"k\(count - 1)\":0}") }
  }

  @Test func plainAndEscapedPartsJoin() throws {
    #expect(try JSON(text: #""é日\u0041本\\""#).string == "é日A本\\")
    #expect(try JSON(text: #""""#).string == "")
  }

  @Test func aLineHoldsNoControls() {
    let hostile = (0...0x3000).compactMap(Unicode.Scalar.init).map(String.init).joined()
    let line = JSON.string(hostile).line
    for scalar in line.unicodeScalars {
      let value = scalar.value
      #expect(value >= 0x20 && !(0x7F...0x9F).contains(value))
      #expect(!(0x2028...0x202E).contains(value) && !(0x2066...0x2069).contains(value))
    }
    #expect((try? JSON(text: line)) == .string(hostile))
  }
}
