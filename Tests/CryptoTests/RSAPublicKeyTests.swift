import Crypto
import Testing

@Suite struct RSAPublicKeyTests {
  /// Made with: openssl genrsa 2048; openssl rsa -pubout -outform DER.
  static let spki = bytes(
    "30820122300d06092a864886f70d01010105000382010f003082010a0282010100e86fdad218dd9d5bb8"
      + "0220443239b5c57444670e57fcae8b172956e5d8c852f3ae67a16ee53d7feb2188f758c63bc63cd0efc2"
      + "c7e5f49a05db8791afa0303d6ef2d3ab9f1f48a80a8fea8bc6b12253fe969ef7b55f0bcf20f3c8b5b16a"
      + "8c51fc4d38b015f2e5543977b1a7715fa720553b42d3d4fa6d49738b1add570106f629cbffdd75a8dd58"
      + "e2edfd7d6a2d5c66e8eb819998d5773d321d73dc93860cf4bf860c5937ba3c4a644cbfa01d111f0fc8e2"
      + "a7eca7ee8197b0e768fdc90e7e1ffbf86717fedc518bad7d82fb987237d0ffff0f3aeb44055aefad7710"
      + "68cec24a9e0bc4aa88ea1419bcad1667024ec423479aa1fe84ef823a906591eb8a571a70570203010001")
  /// The same key without the 24 bytes that name the algorithm.
  static let pkcs1 = Array(spki.dropFirst(24))
  static let message = Array("watchkeeper".utf8)
  /// openssl dgst -sha256 -sign
  static let signature = bytes(
    "529a080b6093bf221132ff30ed3d5b972ee847b64c05acc5336b022bd4df348aa87e043d3ff6cc9f4860"
      + "c42ccd88e5a6c7a86386acfc92bf2593081aa097d0725613617751903ec5c740a056324be43f372bb997"
      + "af6bda37be00e0c4509879310ec0ceb27df7f8291a39b482e29d79e4929b9664e2c4fa28be8e65f0d385"
      + "70c856bfbcbded3d1f72d622c1aae024e4128264d525e395aef406c65364bea94e81f7a6474230d51b3f"
      + "0d19e72950f2107651f3ed00c7c8fa0016a2bac007b16c093e02a02efaa6023d56121ab8a7207ffcddc8"
      + "e4fcbe696005c623ee8a05c98f087b16814786f3800c0ea7b1930c4693b72aa9556722b0fc73a18a2d9d"
      + "0cf2cf21")
  static let short = bytes(
    "30818902818100a5819be4576ca64ead44e377fdaad9ff8c421f561d22a502602062254c086ebda10868"
      + "b7c906c44f793b5deb84f9d44afaffb15c1b025efff4938300ac09328b89145c193d54f704ab6d3eec07"
      + "1e4024c804248d9c5c38be2c1b770407088b5ca82f480ab99b82d3481164ec02d4753f41431336a2e6b4"
      + "d9a88b9e54409eeec70203010001")
  static let elliptic = bytes(
    "3059301306072a8648ce3d020106082a8648ce3d0301070342000408d43a4b6bf22dddb23110ef5eafed"
      + "518d3e2b3b4c8f6d5ec478162e973e0ab7c702ae33383ff157706152b0528a25dfcdfe7d61616c953597"
      + "d84441860123b2")

  static func bytes(_ hex: String) -> [UInt8] {
    Hex.decode(hex) ?? []
  }

  @Test(arguments: [(spki, RSAPublicKey.Encoding.spki), (pkcs1, .pkcs1)])
  func `checks a signature`(der: [UInt8], encoding: RSAPublicKey.Encoding) throws {
    let key = try RSAPublicKey(der: der, encoding: encoding)
    #expect(key.bits == 2048)
    #expect(key.verifies(signature: Self.signature, of: Self.message))
    #expect(!key.verifies(signature: Self.signature, of: Self.message + [0]))
    #expect(!key.verifies(signature: Array(Self.signature.dropLast()), of: Self.message))
    #expect(!key.verifies(signature: Self.signature + [0], of: Self.message))
    #expect(!key.verifies(signature: [], of: []))
    var changed = Self.signature
    changed[100] ^= 1
    #expect(!key.verifies(signature: changed, of: Self.message))
  }

  @Test func `refuses what is not such a key`() {
    let cases: [([UInt8], RSAPublicKey.Encoding, RSAPublicKeyError)] = [
      (Self.spki, .pkcs1, .notDER(byteCount: 294)),
      (Self.pkcs1, .spki, .notDER(byteCount: 270)),
      (Self.pkcs1 + [0], .pkcs1, .notDER(byteCount: 271)),
      (Array(Self.pkcs1.dropLast()), .pkcs1, .notDER(byteCount: 269)),
      ([], .spki, .notDER(byteCount: 0)),
      (Self.short, .pkcs1, .tooShort(bits: 1024)),
      (Self.elliptic, .spki, .notRSA),
    ]
    for (der, encoding, expected) in cases {
      #expect(throws: expected) { try RSAPublicKey(der: der, encoding: encoding) }
    }
  }
}
