import Glibc
import Posix
import TerminalTesting
import Testing

/// Terminal types, locales and colours.
@Suite(Need.program.trait) struct TerminalTypeTests {
  static let types = [
    "xterm-256color", "tmux-256color", "screen-256color", "xterm", "linux", "vt100", "vt220",
    "rxvt",
  ]

  @Test("T1: eight terminal types show the same text, and nothing but what they know")
  func types() async throws {
    let reference = try await Seats.shared.run {
      try Self.text(kind: .model, environment: ["NO_COLOR": "1"], like: nil)
    }
    #expect(reference.contains { $0.contains("STOPPED by dev, us-east-0") })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for type in Self.types {
        group.addTask {
          let text = try await Seats.shared.run {
            try Self.text(kind: .named(type), like: reference)
          }
          #expect(text == reference, "\(type)")
        }
      }
      try await group.waitForAll()
    }
  }

  /// The overview with its alert, without what changes by itself; waits until it is like another.
  private static func text(
    kind: TerminalKind, environment: [String: String] = [:], like reference: [String]?
  ) throws -> [String] {
    let run = try DemoRun(kind: kind, environment: environment)
    try run.waitForAlert(saying: "by dev")
    try run.session.type("n")
    try run.waitForStory("A-0001 selected", "told", "delivering 4 of 7", " E-2 ")
    var text = facts(run.screen)
    _ = try? run.session.wait(for: "the same overview", withinMillis: 30_000) { screen in
      text = facts(screen)
      return reference.map { $0 == text } ?? true
    }
    #expect(run.screen.unknown.isEmpty, "\(kind): \(run.screen.unknown)")
    return text
  }

  /// All rows but what depends on when it was looked: the last entry, the times, the evidence.
  private static func facts(_ screen: ScreenModel) -> [String] {
    Masked.lines(screen).filter { line in
      !line.isEmpty && !line.hasPrefix(" journal") && !line.contains(" detected ")
        && !line.contains(" E-0 ")
    }
  }

  @Test(
    "T2: TERM=dumb, unset or unknown: the plain status, how to get more, no escape sequence",
    arguments: [TerminalKind.named("dumb"), .unset, .named("no-such-terminal")])
  func plain(kind: TerminalKind) async throws {
    try await Seats.shared.run {
      let run = try DemoRun("quiet", kind: kind)
      #expect(try run.session.end() == .exited(0))
      let text = String(decoding: run.session.raw, as: UTF8.self)
      #expect(text.contains("AWS ok") && text.contains("AZURE NOT SET UP"), "\(text)")
      #expect(text.contains("no full screen: ") && text.contains("--plain"))
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" })
    }
  }

  @Test("T2: no terminal: the plain status with its exit status; --plain tells each change")
  func noTerminal() async throws {
    let scratch = try Scratch()
    let quiet = try await DemoRun.program(["demo", "quiet", "--state", scratch.path + "/quiet"])
    #expect(quiet.ending == .exited(0) && quiet.output.contains("standard output is no terminal"))
    let hostile = try await DemoRun.program(["demo", "hostile", "--state", scratch.path + "/bad"])
    #expect(hostile.ending == .exited(2) || hostile.ending == .exited(3), "\(hostile)")
    #expect(!hostile.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    try await Seats.shared.run {
      let run = try DemoRun(options: ["--plain"])
      // Of all that was written: lines scroll away.
      try run.session.wait(for: "the raise") { _ in
        String(decoding: run.session.raw, as: UTF8.self).contains("aws.trail.stopped")
      }
      run.session.signal(SIGTERM)
      #expect(try run.session.end() == .exited(128 + SIGTERM))
      #expect(!run.session.raw.contains(0x1B))
    }
  }

  @Test(
    "T3: NO_COLOR takes all colours; empty it takes none; --theme wins",
    arguments: [("1", [], false), ("", [], true), ("1", ["--theme", "default"], true)])
  func noColour(value: String, options: [String], coloured: Bool) async throws {
    try await Seats.shared.run {
      let run = try DemoRun(environment: ["NO_COLOR": value], options: options)
      try run.waitForAlert(saying: "by dev")
      let colours = Self.colourCodes(run.session.raw)
      #expect(colours.isEmpty == !coloured, "\(colours)")
    }
  }

  @Test(
    "T4: without a UTF-8 locale only ASCII leaves the program; with one, lines and blocks",
    arguments: [
      (["LC_ALL": "C"], false), (["LC_ALL": "POSIX"], false), (["LC_ALL": ""], false),
      (["LC_ALL": "", "LANG": "C"], false), (["LC_ALL": "", "LANG": "de_DE.ISO-8859-1"], false),
      (["LC_ALL": "", "LANG": "C.UTF-8"], true), (["LC_ALL": "en_XX.UTF-8"], true),
    ])
  func locale(environment: [String: String], unicode: Bool) async throws {
    try await Seats.shared.run {
      let run = try DemoRun(environment: environment)
      try run.waitForAlert(saying: "by dev")
      try run.session.wait(for: "the strip") { screen in
        screen.lines.contains { $0.contains("24h") && $0.contains(unicode ? "▓" : "!") }
      }
      #expect(run.screen.contains("──") == unicode)
      #expect(run.session.raw.allSatisfy { $0 < 0x80 } == !unicode)
    }
  }

  @Test("T5: the default theme sets no background but for what is high and new")
  func backgrounds() async throws {
    try await Seats.shared.run {
      let run = try DemoRun()
      try run.waitForAlert(saying: "by dev")
      try run.session.wait(forText: "delivering 4 of 7")
      for (keys, shown) in [
        ("n", "a ack"), ("2", "JOURNAL (ACK"), ("3", "SHELVED"), ("?", "HELP"),
      ] {
        try run.session.type(keys)
        try run.session.wait(forText: shown)
        run.session.settle(quietMillis: 300)
        for text in Self.onBackground(run.screen) {
          #expect(Self.trouble.contains { text.contains($0) }, "“\(text)” on \(keys)")
        }
        if keys == "?" { try run.session.press(.escape) }
      }
    }
  }

  /// What stands in the role new.high: a NEW alert of high priority, and what is SILENT or FAILING.
  private static let trouble = ["NEW", "!!!", "FAILING", "SILENT", "A-0001"]

  /// The texts that have a background colour.
  private static func onBackground(_ screen: ScreenModel) -> [String] {
    var texts: [String] = []
    for row in 0..<screen.rows {
      var text = ""
      for column in 0...screen.columns {
        let cell = screen.cell(row: row, column: column)
        if let cell, cell.style.background != nil {
          text += cell.text
        } else if !text.isEmpty {
          texts.append(text)
          text = ""
        }
      }
    }
    return texts
  }

  /// The SGR parameters that set a colour.
  private static func colourCodes(_ raw: [UInt8]) -> Set<Int> {
    let text = String(decoding: raw, as: UTF8.self)
    var codes: Set<Int> = []
    for match in text.matches(of: /\u{1B}\[([0-9;]*)m/) {
      for code in match.1.split(separator: ";").compactMap({ Int($0) }) {
        if (30...49).contains(code) || (90...107).contains(code) { codes.insert(code) }
      }
    }
    return codes
  }
}
