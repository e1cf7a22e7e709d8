import Glibc
import TerminalTesting
import Testing
import TextCanvas

@testable import CursesTerminal

/// ncurses keeps its state in globals: one screen at a time, each in a process of its own.
@Suite struct CursesScreenTests {
  /// Draws canvases one after the other and compares the modelled terminal with each.
  static func replay(_ canvases: [Canvas], term: String, columns: Int = 20, rows: Int = 5) throws {
    setlocale(LC_CTYPE, "C.UTF-8")
    let screen = try CursesScreen(term: term, columns: columns, rows: rows, monochrome: false)
    var model = ScreenModel(columns: columns, rows: rows)
    for canvas in canvases {
      let frame = screen.frame(canvas)
      // NUL is padding, BEL a noise: neither is part of a picture.
      precondition(!frame.contains(0) && !frame.contains(7))
      model.feed(frame)
      precondition(model.lines == canvas.text, "\(term): \(model.text)")
      precondition(model.unknown.isEmpty, "\(term): \(model.unknown)")
    }
  }

  static func canvas(_ text: String, row: Int = 1, cursor: Int? = nil) -> Canvas {
    var canvas = Canvas(width: 20, height: 5)
    canvas.titledLine(row: 0, columns: 0..<20, title: "AWS", trailing: "ok")
    canvas.put(SafeText(untrusted: text), row: row, column: 1, style: Style(.bold))
    canvas.put("bottom right corner!", row: 4, column: 0, style: Style(.reverse))
    if let cursor { canvas.placeCursor(row: row, column: cursor) }
    return canvas
  }

  @Test(arguments: [
    "xterm-256color", "tmux-256color", "screen-256color", "xterm", "linux", "vt100", "vt220",
    "rxvt",
  ])
  func everyTerminalShowsTheCanvas(term: String) async {
    await #expect(processExitsWith: .exitCode(0)) { [term] in
      let texts = [
        "plain", "日本語 wide", "か\u{3099}e\u{301} marks", "x", "aaaaaaaaaaaaaaaaaaaa", "", "日",
      ]
      var canvases = texts.map { CursesScreenTests.canvas($0) }
      for row in 1..<4 {
        canvases += texts.map { CursesScreenTests.canvas($0, row: row, cursor: row) }
      }
      try CursesScreenTests.replay(canvases, term: term)
      exit(0)
    }
  }

  @Test func onlyTheDifferenceIsSent() async {
    await #expect(processExitsWith: .exitCode(0)) {
      setlocale(LC_CTYPE, "C.UTF-8")
      let screen = try CursesScreen(
        term: "xterm-256color", columns: 80, rows: 24, monochrome: false)
      var canvas = Canvas(width: 80, height: 24)
      for row in 0..<24 { canvas.put("some text that stays", row: row, column: 0) }
      precondition(screen.frame(canvas).count > 480)
      precondition(screen.frame(canvas).isEmpty)
      canvas.put("12", row: 3, column: 40)
      precondition((1..<40).contains(screen.frame(canvas).count))
      screen.forget()
      precondition(screen.frame(canvas).count > 480)
      exit(0)
    }
  }

  @Test func sizesChange() async {
    await #expect(processExitsWith: .exitCode(0)) {
      setlocale(LC_CTYPE, "C.UTF-8")
      let screen = try CursesScreen(term: "xterm", columns: 20, rows: 5, monochrome: false)
      for (columns, rows) in [(80, 24), (1, 1), (2, 9), (200, 60), (3, 1), (20, 5)] {
        screen.resize(columns: columns, rows: rows)
        var model = ScreenModel(columns: columns, rows: rows)
        // Also one frame that was made for the size before.
        model.feed(screen.frame(CursesScreenTests.canvas("日本語")))
        var canvas = Canvas(width: columns, height: rows)
        for row in 0..<rows { canvas.put("日本 0123456789", row: row, column: 0) }
        model.feed(screen.frame(canvas))
        precondition(model.lines == canvas.text, model.text)
      }
      exit(0)
    }
  }

  @Test func coloursAndAttributes() async {
    await #expect(processExitsWith: .exitCode(0)) {
      setlocale(LC_CTYPE, "C.UTF-8")
      for (term, isMono) in [("xterm-256color", false), ("xterm-256color", true), ("vt100", false)]
      {
        let screen = try CursesScreen(term: term, columns: 20, rows: 2, monochrome: isMono)
        var canvas = Canvas(width: 20, height: 2)
        let style = Style(.bold, foreground: .palette(7), background: .palette(1))
        canvas.put("WARN", row: 0, column: 0, style: style)
        canvas.put("calm", row: 1, column: 0, style: Style(.underline, foreground: .palette(196)))
        var model = ScreenModel(columns: 20, rows: 2)
        model.feed(screen.frame(canvas))
        let warn = model.style(of: "WARN")
        let calm = model.style(of: "calm")
        let hasColours = term != "vt100" && !isMono
        precondition(warn?.bold == true && calm?.underline == true)
        precondition(warn?.background == (hasColours ? 1 : nil))
        precondition(warn?.reverse == !hasColours)
        precondition(calm?.foreground == (hasColours ? 196 : nil))
      }
      exit(0)
    }
  }

  @Test func unknownTypesAreRefused() async {
    await #expect(processExitsWith: .exitCode(0)) {
      precondition(Terminal.knowledge(of: "no-such-type") == .unknown)
      precondition(Terminal.knowledge(of: "dumb") == .cannotMoveCursor)
      precondition(Terminal.knowledge(of: "vt100") == .usable)
      do throws(TerminalError) {
        _ = try CursesScreen(term: "no-such-type", columns: 9, rows: 9, monochrome: false)
      } catch {
        exit(error == .unusable(term: "no-such-type") ? 0 : 1)
      }
    }
  }
}
