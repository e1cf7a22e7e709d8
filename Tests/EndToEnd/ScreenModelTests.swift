import TerminalTesting
import Testing

/// The modelled terminal, against what an xterm does.
@Suite struct ScreenModelTests {
  @Test(
    arguments: [
      ("ab\r\ncd", ["ab", "cd", ""]),
      ("\u{1B}[2;3Hx", ["", "  x", ""]),
      ("abcdefghij", ["abcdefgh", "ij", ""]),
      ("abcdefgh\r\nx", ["abcdefgh", "x", ""]),
      ("1\r\n2\r\n3\r\n4", ["2", "3", "4"]),
      ("abcd\u{1B}[1;2H\u{1B}[K", ["a", "", ""]),
      ("abcd\u{1B}[1;2H\u{1B}[1K", ["  cd", "", ""]),
      ("ab\r\ncd\u{1B}[1;2H\u{1B}[J", ["a", "", ""]),
      ("abcd\u{1B}[1;2H\u{1B}[2X", ["a  d", "", ""]),
      ("abcd\u{1B}[1;2H\u{1B}[2P", ["ad", "", ""]),
      ("abcd\u{1B}[1;2H\u{1B}[2@", ["a  bcd", "", ""]),
      ("1\r\n2\r\n3\u{1B}[1;1H\u{1B}[L", ["", "1", "2"]),
      ("1\r\n2\r\n3\u{1B}[1;1H\u{1B}[M", ["2", "3", ""]),
      ("1\r\n2\r\n3\u{1B}[1;2r\u{1B}[2;1H\n", ["2", "", "3"]),
      ("1\r\n2\r\n3\u{1B}[H\u{1B}M", ["", "1", "2"]),
      ("-\u{1B}[4b", ["-----", "", ""]),
      ("日本語x\u{1B}[1;2Hy", [" y本語x", "", ""]),
      ("1234567日", ["1234567", "日", ""]),
      ("e\u{301}か\u{3099}", ["e\u{301}か\u{3099}", "", ""]),
      ("a\tb\u{8}c", ["a     cb", "", ""]),
      ("a\u{1B}(Bb\u{1B}=c", ["abc", "", ""]),
    ] as [(String, [String])])
  func shows(bytes: String, expected: [String]) {
    var whole = ScreenModel(columns: 8, rows: 3)
    whole.feed(Array(bytes.utf8))
    var split = ScreenModel(columns: 8, rows: 3)
    for byte in bytes.utf8 { split.feed([byte]) }
    #expect(whole.lines == expected)
    #expect(split.lines == whole.lines && split.cursor == whole.cursor)
    #expect(whole.unknown.isEmpty)
  }

  @Test func stylesModesAndTitle() {
    var screen = ScreenModel(columns: 20, rows: 2)
    screen.feed("\u{1B}[?1049h\u{1B}[?25l\u{1B}[1;31;48;5;200mred\u{1B}[0;7mback\u{1B}[m".utf8)
    #expect(screen.isAlternate && !screen.isCursorShown && !screen.isMouseOn)
    #expect(screen.style(of: "red")?.foreground == 1 && screen.style(of: "red")?.background == 200)
    #expect(screen.style(of: "red")?.bold == true && screen.style(of: "back")?.reverse == true)
    #expect(screen.style(of: "back")?.foreground == nil && screen.style(of: "none") == nil)
    screen.feed("\u{1B}]0;owned\u{7}\u{7}\u{1B}[6n".utf8)
    #expect(screen.title == "owned")
    #expect(screen.unknown == ["OSC 0;owned", "control 7", "CSI 6n"])
  }
}
