import Crypto
import Testing

@Suite struct GunzipTests {
  static let hello = bytes(
    "1f8b0800000000000203cb48cdc9c957284f2c49cec84e4d2d482de2020009f73ae012000000")
  static let helloText = Array("hello watchkeeper\n".utf8)

  /// Two MiB of zeros.
  static let zeros =
    bytes("1f8b0800000000000203edc13101000000c2a0f54f6d0c1fa0") + Array(repeating: 0, count: 2032)
    + bytes("be067e87898d00002000")

  static func bytes(_ hex: String) -> [UInt8] {
    Hex.decode(hex) ?? []
  }

  @Test func `one member, two members`() throws {
    #expect(try Gunzip.inflate(Self.hello, limit: 100) == Self.helloText)
    let two = try Gunzip.inflate(Self.hello + Self.hello, limit: 100)
    #expect(two == Self.helloText + Self.helloText)
    #expect(Gunzip.looksCompressed(Self.hello))
    #expect(!Gunzip.looksCompressed(Self.helloText))
  }

  @Test func `cut anywhere is truncated, never short output`() {
    for length in 0..<Self.hello.count {
      #expect(throws: GunzipError.truncated(atByte: length)) {
        try Gunzip.inflate(Array(Self.hello.prefix(length)), limit: 100)
      }
    }
    for length in 1..<Self.hello.count {
      let whole = Self.hello + Self.hello.prefix(length)
      #expect(throws: GunzipError.truncated(atByte: whole.count)) {
        try Gunzip.inflate(whole, limit: 100)
      }
    }
  }

  @Test(arguments: [[0x00], [0x1f, 0x00], Array("extra".utf8)] as [[UInt8]])
  func `garbage after the member`(garbage: [UInt8]) {
    #expect(throws: GunzipError.trailingGarbage(atByte: Self.hello.count)) {
      try Gunzip.inflate(Self.hello + garbage, limit: 100)
    }
  }

  @Test func `a changed bit never changes the output`() {
    var refused = 0
    for bit in 0..<(Self.hello.count * 8) {
      var changed = Self.hello
      changed[bit / 8] ^= 1 << (bit % 8)
      if let output = try? Gunzip.inflate(changed, limit: 100) {
        // Time, system and padding are not content, and nothing protects them.
        #expect(output == Self.helloText)
      } else {
        refused += 1
      }
    }
    #expect(refused > Self.hello.count * 8 - 64)
    var trailer = Self.hello
    trailer[trailer.count - 8] ^= 1
    #expect(throws: GunzipError.damaged(atByte: trailer.count - 4, detail: "incorrect data check"))
    {
      try Gunzip.inflate(trailer, limit: 100)
    }
  }

  @Test func `not gzip at all says so`() {
    let error = #expect(throws: GunzipError.self) {
      try Gunzip.inflate(Self.helloText, limit: 100)
    }
    guard case .damaged(_, let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail == "incorrect header check")
  }

  @Test func `the limit is exact`() throws {
    let whole = try Gunzip.inflate(Self.zeros, limit: 2 << 20)
    #expect(whole.count == 2 << 20)
    #expect(whole.allSatisfy { $0 == 0 })
    #expect(throws: GunzipError.tooLarge(limit: (2 << 20) - 1)) {
      try Gunzip.inflate(Self.zeros, limit: (2 << 20) - 1)
    }
  }

  @Test func `a bomb of 300 MB stops at the limit`() {
    let bomb = Array(repeatElement(Self.zeros, count: 150).joined())
    #expect(throws: GunzipError.tooLarge(limit: 8 << 20)) {
      try Gunzip.inflate(bomb, limit: 8 << 20)
    }
  }
}
