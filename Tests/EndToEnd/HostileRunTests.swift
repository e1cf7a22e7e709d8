import Foundation
import Glibc
import Posix
import TerminalTesting
import Testing

/// The demo's hostile scenario on every screen: what the clouds say never steers the terminal.
@Suite(Need.program.trait) struct HostileRunTests {
  private struct Tour: Sendable {
    var raw: [UInt8]
    var unknown: [String]
    var title: String?
    var screens: [String]
    var files: [String: [UInt8]]
    var ending: ProcessEnding
    var errors: String
  }

  @Test("X1: hostile text everywhere: no foreign sequence, C1, BEL, title or bidi control gets out")
  func nothingGetsOut() async throws {
    let tour = try await Seats.shared.run {
      // A folder's name, a person's name and an option are hostile, too.
      try Self.tour(
        kind: .named("xterm-256color"), folder: "s\u{1B}[31m\u{202E}\u{7}x",
        environment: ["LOGNAME": "m\u{1B}]0;x\u{7}\u{9B}2J", "USER": "m\u{1B}]0;x\u{7}\u{9B}2J"])
    }
    #expect(tour.ending == .exited(0))
    #expect(tour.unknown.isEmpty, "\(tour.unknown)")
    #expect(tour.title == nil)
    let text = String(decoding: tour.raw, as: UTF8.self)
    let foreign = text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x07, 0x7F...0x9F, 0x2028...0x202E, 0x2060...0x206F, 0x200B...0x200F, 0xFEFF, 0xFFFD:
        true
      default: false
      }
    }
    #expect(foreign.isEmpty, "\(Set(foreign.map { String($0.value, radix: 16) }))")
    // The model draws nothing that is hidden: a shown escape is text.
    #expect(tour.screens.contains { $0.contains("<1B>") })
  }

  @Test("X3: on a terminal of few abilities only its own sequences are sent, and bracketed paste")
  func knownSequences() async throws {
    let tour = try await Seats.shared.run { try Self.tour(kind: .model) }
    #expect(tour.unknown.isEmpty, "\(tour.unknown)")
    // ASCII alone: a mark after a sequence would make one character with its last letter.
    let text = String(decoding: tour.raw.filter { $0 < 0x80 }, as: UTF8.self)
    let known = [
      /\u{1B}\[[0-9]*;?[0-9]*H/, /\u{1B}\[[0-9]*[JK]/, /\u{1B}\[[0-9;]*m/,
      /\u{1B}\[\?(?:25|1049|2004)[hl]/,
    ]
    var rest = text
    for sequence in known { rest = rest.replacing(sequence, with: "") }
    let others = rest.unicodeScalars.filter {
      $0.value < 0x20 && !"\r\n".unicodeScalars.contains($0)
    }
    #expect(others.isEmpty, "\(rest.split(separator: "\u{1B}").dropFirst().prefix(3))")
  }

  @Test("X4: no secret on any screen, in the journal, the sightings or the debug file")
  func noSecrets() async throws {
    let tour = try await Seats.shared.run { try Self.tour(kind: .named("xterm-256color")) }
    #expect(tour.files.keys.contains("journal/journal.jsonl"), "\(tour.files.keys)")
    let secrets = [
      "AKIAIOSFODNN7EXAMPLE", "xoxb-000000000000", "ghp_EXAMPLEEXAMPLE", "hunter2",
    ]
    for secret in secrets {
      #expect(!tour.screens.contains { $0.contains(secret) }, "\(secret) on screen")
      #expect(tour.raw.firstRange(of: Array(secret.utf8)) == nil, "\(secret) in the bytes")
      for (name, bytes) in tour.files {
        #expect(bytes.firstRange(of: Array(secret.utf8)) == nil, "\(secret) in \(name)")
      }
    }
  }

  /// Every screen, overlay and field once, with the alerts of the scenario.
  private static func tour(
    kind: TerminalKind, folder: String = "state", environment: [String: String] = [:]
  ) throws -> Tour {
    let run = try DemoRun(
      "hostile", columns: 120, rows: 40, kind: kind, environment: environment,
      folder: folder)
    let session = run.session
    try session.wait(for: "the stopped trail") { screen in
      screen.contains("STOPPED") && screen.contains("? help")
    }
    var screens: [String] = []
    /// Presses keys, waits for what they bring, and keeps the screen.
    func visit(_ keys: String, _ text: String) throws {
      try session.type(keys)
      try session.wait(forText: text)
      screens.append(session.screen.text)
    }
    screens.append(session.screen.text)
    try visit("n", "a ack")
    for _ in 0..<3 {
      try visit("\r", "Esc back")
      try visit("y", "Up/Down scroll")
      try session.press(.escape)
      try session.wait(for: "the alert") { !$0.contains("Up/Down scroll") }
      try visit("1", "ALERTS")
      try visit("n", "a ack")
    }
    try visit("2", "JOURNAL (ACK")
    for _ in 0..<6 { try visit("j", "JOURNAL (ACK") }
    try visit("\r", "? help")
    try visit("1", "ALERTS")
    try visit("3", "SHELVED")
    try visit("1", "ALERTS")
    try visit("c", "note on")
    try session.paste("\u{1B}[31mred\u{7}\u{202E}\u{9B}x\u{0}\r\nAKIAIOSFODNN")
    try session.press(.enter)
    try run.waitForEntry("note")
    screens.append(session.screen.text)
    // Titles: the line below them may hold the news of an alert.
    for (key, text) in [("?", "HELP"), (":", "COMMANDS")] {
      try visit(key, text)
      try session.press(.escape)
      try session.wait(for: "the overview again") { screen in
        !screen.contains(text) && screen.contains("ALERTS")
      }
    }
    let ending = try run.quit()
    return Tour(
      raw: session.raw, unknown: session.screen.unknown, title: session.screen.title,
      screens: screens, files: files(run.state), ending: ending, errors: session.errorText)
  }

  private static func files(_ state: String) -> [String: [UInt8]] {
    let names = FileManager.default.enumerator(atPath: state)?.compactMap { $0 as? String } ?? []
    var files: [String: [UInt8]] = [:]
    for name in names { files[name] = try? File.readAll("\(state)/\(name)", limit: 1 << 26) }
    return files
  }
}
