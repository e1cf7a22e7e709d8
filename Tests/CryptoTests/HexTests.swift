import Crypto
import Testing

@Suite struct HexTests {
  @Test func `every byte there and back`() {
    let all = (0...255).map { UInt8($0) }
    #expect(Hex.encode([0x00, 0x7f, 0xab, 0xff]) == "007fabff")
    #expect(Hex.decode(Hex.encode(all)) == all)
    #expect(Hex.decode(Hex.encode(all).uppercased()) == all)
    #expect(Hex.decode("") == [])
  }

  @Test(arguments: ["a", "abc", "zz", "0x", " 0", "0\n", "é0", "0\u{0}"])
  func `refused`(text: String) {
    #expect(Hex.decode(text) == nil)
  }
}
