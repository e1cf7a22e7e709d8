import Glibc
import Posix
import TerminalTesting
import Testing

/// Commands that are given something wrong: one line that says what, where, and what to do; nothing is
/// written, and nobody is asked.
@Suite(Need.program.trait) struct CommandTests {
  private static let configuration = """
    { clouds: { aws: [{ name: "prod", regions: ["us-east-1"], endpoint: "http://127.0.0.1:1" }] },
      sources: [{ id: "aws/prod/one",
        trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/one" }] }
    """

  private static func file(_ scratch: Scratch) throws -> String {
    let path = scratch.path + "/one.json5"
    try File.openForAppend(path).writeAll(Array(configuration.utf8))
    return path
  }

  /// One line, on standard error (of `check` on standard output, as monitoring systems read it).
  private static func expectLine(
    _ outcome: (ending: ChildProcess.Ending, output: String, errors: String), _ status: Int32,
    _ words: String..., place: SourceLocation = #_sourceLocation
  ) {
    let said = outcome.output + outcome.errors
    #expect(outcome.ending == .exited(status), "\(outcome)", sourceLocation: place)
    #expect(said.split(separator: "\n").count == 1, "\(outcome)", sourceLocation: place)
    #expect(words.allSatisfy { said.contains($0) }, "\(outcome)", sourceLocation: place)
  }

  @Test(
    "A state folder that is a file is said, before anything else",
    arguments: [
      (["check"], 3), (["status"], 3), (["journal", "verify"], 73), (["planned", "list"], 73),
    ] as [([String], Int32)])
  func stateIsNoFolder(_ words: [String], _ status: Int32) async throws {
    let scratch = try Scratch()
    let config = try Self.file(scratch)
    let named = words.first == "check" || words.first == "status" ? ["--config", config] : []
    let outcome = try await DemoRun.program(words + named + ["--state", "/dev/null"])
    Self.expectLine(outcome, status, "/dev/null is no folder", "--state")
  }

  @Test(
    "A configuration that is a folder is said",
    arguments: [(["check"], 3), (["config", "check"], 66), (["policy", "aws"], 66)]
      as [([String], Int32)])
  func configurationIsAFolder(_ words: [String], _ status: Int32) async throws {
    let scratch = try Scratch()
    let outcome = try await DemoRun.program(
      words + (words.first == "config" ? [scratch.path] : ["--config", scratch.path])
        + (words.first == "check" ? ["--state", scratch.path + "/state"] : []))
    Self.expectLine(outcome, status, "\(scratch.path) is a folder", "needs a file")
  }

  @Test(
    "A planned change has a text that says what",
    arguments: ["", "  ", "\t"])
  func plannedText(_ text: String) async throws {
    let scratch = try Scratch()
    let state = scratch.path + "/state"
    let outcome = try await DemoRun.program([
      "planned", text, "--from", "14:00", "--to", "14:30", "--state", state,
    ])
    Self.expectLine(outcome, 64, "planned needs a TEXT")
    #expect(!Directory.isDirectory(state), "nothing is written")
  }

  @Test(
    "An option that does not go with the words is refused, and nothing is done",
    arguments: [
      ["journal", "show", "--follow"], ["journal", "show", "--after", "3"],
      ["journal", "verify", "--since", "2026-11-20T00:00:00Z"],
      ["journal", "verify", "--format", "jsonl"], ["journal", "show", "--json"],
      ["mute", "end", "--for", "3m"], ["mute", "end", "--reason", "x"],
      ["planned", "list", "--from", "14:00"], ["planned", "end", "--to", "14:00"],
      ["baseline", "list", "--reason", "x"],
      ["baseline", "end", "aws.a", "b", "--until", "2027-01-01"],
    ])
  func strayOption(_ words: [String]) async throws {
    let scratch = try Scratch()
    let outcome = try await DemoRun.program(words + ["--state", scratch.path + "/state"])
    Self.expectLine(outcome, 64, "does not go with \(words[0]) \(words[1])")
  }

  @Test(
    "What an operator writes is refused in a demo's folder: its time and its mark are its own",
    arguments: [
      ["mute", "--for", "5m", "--reason", "x"],
      ["planned", "x", "--from", "2126-01-01T10:00:00Z", "--to", "2126-01-01T11:00:00Z"],
    ])
  func demosFolder(_ words: [String]) async throws {
    try await Seats.shared.run {
      let run = try DemoRun(options: ["--plain"])
      try run.session.wait(for: "an entry") { _ in !run.journal.entries.isEmpty }
      run.session.signal(SIGTERM)
      _ = try run.session.end()
      let before = run.journal.entries.count
      let outcome = try DemoRun.printed(words + ["--state", run.state])
      #expect(outcome.ending == .exited(65), "\(outcome)")
      let look = try DemoRun.printed([
        "check", "--config", try Self.file(run.scratch), "--state", run.state,
      ])
      #expect(look.ending == .exited(3) && look.output.contains("was made by the demo"))
      #expect(run.journal.entries.count == before)
    }
  }

  @Test("Whom to trust is looked at before anything is asked or printed")
  func trust() async throws {
    let scratch = try Scratch()
    let config = try Self.file(scratch)
    // Without --offline somebody would be asked, at an endpoint where nobody listens.
    let policy = ["policy", "aws", "--config", config]
    Self.expectLine(
      try await DemoRun.program(policy + ["--trust", "12"]), 64, "--trust", "twelve digits")
    let trusted = policy + ["--trust", "111122223333"]
    Self.expectLine(
      try await DemoRun.program(trusted + ["--external-id", "x"]), 64, "--external-id")
    Self.expectLine(
      try await DemoRun.program(policy + ["--external-id", "acme-7"]), 64, "needs --trust")
  }

  @Test("Where nobody was asked for the key, the policy says so and grants none")
  func unknownKey() async throws {
    let scratch = try Scratch()
    let config = try Self.file(scratch)
    let printed = try await DemoRun.program(["policy", "aws", "--offline", "--config", config])
    #expect(printed.ending == .exited(0), "\(printed)")
    #expect(printed.output.contains("s3:GetObject") && !printed.output.contains("kms:Decrypt"))
    #expect(printed.errors.contains("kms:Decrypt") && printed.errors.contains("kms:ViaService"))
  }
}
