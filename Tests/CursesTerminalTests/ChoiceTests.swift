import Glibc
import TextCanvas
import Testing

@testable import CursesTerminal

@Suite struct ChoiceTests {
  @Test(
    arguments: [
      ("xterm", true, true, .fullScreen(term: "xterm")),
      ("xterm", true, false, .plain(because: .outputIsNoTerminal)),
      ("xterm", false, true, .plain(because: .inputIsNoTerminal)),
      (nil, true, true, .plain(because: .termUnset)),
      ("", true, true, .plain(because: .termUnset)),
      ("dumb", true, true, .plain(because: .termTooSimple("dumb"))),
      ("paper", true, true, .plain(because: .termTooSimple("paper"))),
      ("no-such", true, true, .plain(because: .termUnknown("no-such"))),
    ] as [(String?, Bool, Bool, TerminalChoice)])
  func judged(term: String?, input: Bool, output: Bool, expected: TerminalChoice) {
    let choice = TerminalChoice.judge(
      term: term, inputIsTerminal: input, outputIsTerminal: output
    ) { name in
      name == "xterm" ? .usable : name == "no-such" ? .unknown : .cannotMoveCursor
    }
    #expect(choice == expected)
  }

  @Test(arguments: [
    (["LANG": "en_GB.UTF-8"], true), (["LANG": "de_AT.utf8@euro"], true), (["LANG": "C"], false),
    (["LC_ALL": "C", "LANG": "en_GB.UTF-8"], false),
    (["LC_ALL": "", "LC_CTYPE": "x.UTF-8", "LANG": "C"], true), ([:], false),
    (["LANG": "en_GB.ISO-8859-1"], false),
  ])
  func localeNames(environment: [String: String], expected: Bool) {
    #expect(CharacterSet.asksForUTF8(environment) == expected)
  }

  @Test func noColour() {
    #expect(TerminalOptions.isMonochrome(["NO_COLOR": "1"]))
    #expect(!TerminalOptions.isMonochrome(["NO_COLOR": ""]))
    #expect(!TerminalOptions.isMonochrome([:]))
  }

  @Test(arguments: [
    ("\u{1B}[H$<50>\u{1B}[J$<50/>", "\u{1B}[H\u{1B}[J"), ("a$b$<", "a$b$<"), ("", ""), ("$", "$"),
  ])
  func padding(sequence: String, expected: String) {
    #expect(Terminfo.withoutPadding(sequence) == expected)
  }

  private func shown(_ front: Colour, _ back: Colour, _ colours: Int) -> [Int32] {
    let shown = ShownColours(Style(foreground: front, background: back), colours: colours)
    return [shown.foreground, shown.background, shown.bold ? 1 : 0, shown.reverse ? 1 : 0]
  }

  @Test func coloursThatTheTerminalLacks() {
    #expect(shown(.palette(200), .terminal, 256) == [200, -1, 0, 0])
    #expect(shown(.palette(9), .terminal, 8) == [1, -1, 1, 0])
    #expect(shown(.palette(0), .palette(11), 8) == [0, 3, 0, 0])
    #expect(shown(.palette(200), .palette(1), 8) == [-1, -1, 0, 1])
    #expect(shown(.palette(1), .terminal, 0) == [-1, -1, 0, 0])
    #expect(shown(.palette(7), .palette(1), 0) == [-1, -1, 0, 1])
    #expect(shown(.terminal, .terminal, 0) == [-1, -1, 0, 0])
  }
}
