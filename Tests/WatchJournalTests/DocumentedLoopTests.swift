import Foundation
import Posix
import Testing
import WatchCore
import WatchJournal

/// The shell loop of docs/journal-format.md, taken from the page and run by `sh`.
struct DocumentedLoopTests {
  /// The first fence of the page.
  static let loop: String = {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/journal-format.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    let parts = text.components(separatedBy: "```")
    return parts.count > 1 ? String(parts[1].dropFirst("sh\n".count)) : ""
  }()

  private func run(_ bytes: [UInt8]) async throws -> (status: Int32, says: String) {
    let outcome = try await ChildProcess.run(
      arguments: ["sh", "-c", Self.loop], environment: Environment.all, input: bytes,
      deadlineMillis: 180_000)
    guard case .exited(let status) = outcome.ending else { return (-1, "\(outcome.ending)") }
    return (status, String(decoding: outcome.output, as: UTF8.self))
  }

  @Test func aWholeJournal() async throws {
    let folder = try TestFolder()
    var file = folder.file()
    let hostile = "\u{1B}[2J \n \u{2028} \u{202E} \\ \" $x `id` \"kind\":\"recovered\" é 日本"
    _ = try file.append([.start(1), .note(hostile), .note("-n"), .note("")], epoch: 1)
    let head = try #require(file.head)
    let found = try await run(try folder.bytes())
    #expect(found.status == 0)
    #expect(found.says == "4 entries, head \(head.hash)\n")
  }

  @Test func tornLinesAreKeptAndPassed() async throws {
    for tail in ["{\"torn", "{\"v\":1,\"seq\":2,\"prev\":\"", "{\"torn\n{\"v\":1,\"seq\":2"] {
      let folder = try TestFolder()
      try folder.fill(1)
      try folder.put(try folder.bytes() + Array(tail.utf8))
      let torn = try await run(try folder.bytes())
      #expect(torn.status == 0)
      #expect(torn.says == "1 entries, then a torn line\n")
      var file = folder.file()
      _ = try file.append([.note("after")], epoch: nil)
      let head = try #require(file.head)
      let found = try await run(try folder.bytes())
      #expect(found.status == 0)
      #expect(found.says == "\(head.seq) entries, head \(head.hash)\n")
    }
  }

  /// What the verifier finds, the loop finds too.
  @Test(arguments: JournalVerifierTests.tampers)
  func findsWhatTheVerifierFinds(_ tamper: JournalVerifierTests.Tamper) async throws {
    let folder = try TestFolder()
    try folder.fill(6)
    var lines = try folder.lines()
    tamper.change(&lines)
    let found = try await run(Array(lines.map { $0 + "\n" }.joined().utf8))
    #expect(found.status == 1)
    #expect(found.says.hasSuffix("\n") && found.says.contains(" does not follow line "))
  }

  /// As the page says: without an anchor a cut tail shows in the head alone.
  @Test func aCutTailShowsInTheHeadAlone() async throws {
    let folder = try TestFolder()
    try folder.fill(6)
    let lines = try folder.lines()
    let found = try await run(Array(lines.dropLast().map { $0 + "\n" }.joined().utf8))
    #expect(found.status == 0)
    let head = try String(contentsOfFile: folder.state.head, encoding: .utf8)
    #expect(head.contains("\"seq\":6") && found.says.hasPrefix("5 entries"))
    try folder.put(Array(lines.dropLast()))
    #expect(try !JournalVerifier.verify(folder.state).isSound)
  }
}
