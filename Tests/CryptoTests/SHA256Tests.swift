import Crypto
import Testing

@Suite struct SHA256Tests {
  /// NIST, "SHA examples", and FIPS 180-4's empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `published digests`(message: String, digest: String) {
    #expect(Hex.encode(SHA256.digest(Array(message.utf8))) == digest)
    #expect(Hex.encode(SHA256.digest(message.utf8)) == digest)
  }

  @Test func `a million letters, in uneven pieces`() {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    var hash = SHA256()
    var position = 0
    var size = 1
    while position < letters.count {
      let end = min(position + size, letters.count)
      hash.update(letters[position..<end])
      position = end
      size = size * 3 % 65_521
    }
    let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(Hex.encode(hash.finish()) == digest)
    #expect(Hex.encode(SHA256.digest(letters)) == digest)
  }

  @Test func `a collection without storage of its own`() {
    let lazy = (0..<3).lazy.map { UInt8(97 + $0) }
    #expect(SHA256.digest(lazy) == SHA256.digest("abc".utf8))
  }
}
