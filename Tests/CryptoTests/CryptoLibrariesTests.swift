import Crypto
import Testing

@Test func `the loaded libraries say their versions`() {
  let versions = CryptoLibraries.versions
  #expect(versions.openSSL.hasPrefix("OpenSSL 3."))
  #expect(versions.zlib.hasPrefix("1."))
}
