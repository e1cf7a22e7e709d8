import Foundation
import Posix
import Testing

/// Each test blocks, so each runs on a thread of its own.
@Suite struct PseudoTerminalTests {
  static let environment = ["PATH": "/usr/bin:/bin", "LANG": "C", "TERM": "dumb"]

  /// Runs a shell script in a new terminal and hands both to the body.
  func terminal<Value: Sendable>(
    _ script: String, errorPath: String = "/dev/null",
    _ body: @escaping @Sendable (PseudoTerminal) throws -> Value
  ) async throws -> Value {
    try await PosixThread.run(named: "terminal") {
      let terminal = try PseudoTerminal(size: TerminalSize(rows: 40, columns: 120))
      try terminal.spawn(
        arguments: ["sh", "-c", script], environment: Self.environment, errorPath: errorPath)
      return try body(terminal)
    }
  }

  @Test func `the program sees a terminal of that size`() async throws {
    let root = try TemporaryDirectory()
    let errors = root.file("errors")
    let (shown, ending) = try await terminal(
      "tty >&2; stty size; : </dev/tty && exit 3", errorPath: errors
    ) { terminal in
      var shown: [UInt8] = []
      let ending = terminal.drain(withinMillis: 120_000) { shown += $0 }
      let said = try File.readAll(errors, limit: 100)
      #expect(text(said) == terminal.path + "\n")
      return (text(shown), ending)
    }
    #expect(shown == "40 120\r\n")
    #expect(ending == .exited(3))
  }

  @Test func `typing, resizing, signals`() async throws {
    try await terminal(
      "trap 'stty size' WINCH; trap 'exit 5' TERM; read line; echo got $line; while :; do sleep 0.02; done"
    ) { terminal in
      try terminal.write(Array("hello\n".utf8))
      #expect(terminal.shows("got hello\r\n"))
      try terminal.resize(to: TerminalSize(rows: 24, columns: 80))
      #expect(TerminalSize(of: terminal.descriptor) == TerminalSize(rows: 24, columns: 80))
      #expect(terminal.shows("24 80\r\n"))
      #expect(terminal.ending(withinMillis: 0) == nil)
      terminal.signal(SIGTERM)
      #expect(terminal.ending(withinMillis: 120_000) == .exited(5))
      #expect(terminal.ending(withinMillis: 0) == .exited(5))
      #expect(terminal.read(withinMillis: 120_000) == nil)
      terminal.signal(SIGTERM)
    }
  }

  @Test func `settings left behind are seen`() async throws {
    try await terminal("read start; stty raw -echo; exit 0") { terminal in
      let before = try terminal.mode()
      #expect(before.echoes && before.readsLines)
      try terminal.write([10])
      #expect(terminal.ending(withinMillis: 120_000) == .exited(0))
      let after = try terminal.mode()
      #expect(after != before)
      #expect(!after.echoes && !after.readsLines)
      try before.apply(to: terminal.descriptor)
      #expect(try terminal.mode() == before)
    }
  }

  @Test func `a program that never stops writing`() async throws {
    try await terminal("exec yes") { terminal in
      #expect(terminal.shows("y\r\ny\r\n"))
      #expect(terminal.drain(withinMillis: 50) { _ in } == nil)
      terminal.signal(SIGKILL)
      #expect(terminal.ending(withinMillis: 120_000) == .signalled(SIGKILL))
    }
  }

  @Test func `nothing to read yet`() async throws {
    try await terminal("read line") { terminal in
      #expect(terminal.read(withinMillis: 1) == [])
    }
  }

  @Test func `what is no terminal`() throws {
    let file = try File.openForReading("/proc/self/status")
    #expect(!TerminalMode.isTerminal(file.descriptor))
    #expect(TerminalSize(of: file.descriptor) == nil)
    #expect(throws: PosixError(code: ENOTTY, call: "tcgetattr")) {
      try TerminalMode(of: file.descriptor)
    }
  }
}

extension PseudoTerminal {
  /// Whether the text comes within two minutes.
  fileprivate func shows(_ wanted: String) -> Bool {
    let deadline = MonotonicClock.millis() + 120_000
    var shown = ""
    while !shown.contains(wanted), MonotonicClock.millis() < deadline {
      guard let bytes = read(withinMillis: 1000) else { return false }
      shown += text(bytes)
    }
    return shown.contains(wanted)
  }
}
