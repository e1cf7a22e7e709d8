import Crypto
import Testing

@Suite struct RandomBytesTests {
  @Test(arguments: [0, 1, 16, 4096])
  func `as many as asked for`(count: Int) {
    #expect(RandomBytes.make(count).count == count)
  }

  @Test func `never the same twice`() {
    let drawn = (0..<100).map { _ in RandomBytes.make(16) }
    #expect(Set(drawn).count == 100)
  }
}
