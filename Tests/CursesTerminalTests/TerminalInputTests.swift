import Glibc
import Posix
import Testing
import TextCanvas

@testable import CursesTerminal

/// Reading from a pipe, which tells hang-ups and bytes apart as a terminal does.
@Suite struct TerminalInputTests {
  private let pipe: WakePipe
  private let input: TerminalInput

  init() throws {
    pipe = try WakePipe()
    input = TerminalInput(terminal: pipe.readDescriptor)
  }

  private func type(_ text: String) {
    for byte in text.utf8 { pipe.wake(byte) }
  }

  @Test func nothingMore() {
    #expect(input.read().isEmpty)
    type("a\u{1B}[B")
    #expect(input.read() == [.key(.character("a")), .key(.down)])
    #expect(input.read().isEmpty)
  }

  @Test func escapeAloneNeedsNoKeyAfterIt() {
    type("\u{1B}")
    #expect(input.read() == [.key(.escape)])
  }

  @Test func altInOnePieceIsUnknown() {
    type("\u{1B}a")
    #expect(input.read() == [.key(.unknown)])
  }

  @Test func aPieceAfterEscape() {
    let escape: [UInt8] = [0x1B]
    #expect(input.decode(escape, followsEscape: false).isEmpty)
    #expect(
      input.decode([0x6E], followsEscape: true) == [.key(.escape), .key(.character("n"))])
    #expect(input.decode(escape, followsEscape: false).isEmpty)
    #expect(input.decode(Array("[A".utf8), followsEscape: true) == [.key(.up)])
    #expect(input.decode(escape, followsEscape: false).isEmpty)
    #expect(input.decode(escape, followsEscape: true) == [.key(.escape)])
    #expect(input.read() == [.key(.escape)])
  }

  @Test func aFloodIsReadInPieces() {
    type(String(repeating: "x", count: 60_000))
    var count = 0
    while case let events = input.read(), !events.isEmpty { count += events.count }
    #expect(count == 60_000)
  }
}
