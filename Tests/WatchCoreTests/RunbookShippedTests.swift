import Foundation
import Testing
import WatchCore

/// The runbooks in docs/runbooks, read and filled as the program does it, judged by a real shell.
struct RunbookShippedTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/runbooks")

  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".md") }.sorted() ?? []

  static func read(_ name: String) throws -> Runbook {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return try Runbook(parsing: text, file: "docs/runbooks/" + name)
  }

  /// Every placeholder, as accident 1 of the demo would fill it.
  static let values: RunbookValues = [
    .trail: "use1", .trailARN: "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1",
    .region: "us-east-1", .bucket: "acme-audit-logs",
    .prefix: "AWSLogs/111122223333/CloudTrail/us-east-1/", .day: "2026/11/20",
    .logGroup: "org-trail", .kmsKey: "arn:aws:kms:us-east-1:111122223333:key/1", .profile: "prod",
    .account: "111122223333", .actor: "dev", .from: "198.51.100.7", .eventID: "8d3f",
    .since: "2026-11-20T03:01:20Z", .alert: "A-0001", .source: "aws/prod/org-trail",
    .subject: "arn:aws:sns:us-east-1:111122223333:audit-alarms",
    .subscription: "0f0f0f0f-0000-4000-8000-000000000001", .tenant: "acme.example",
    .workspace: "/subscriptions/0f0f/resourceGroups/sec/providers/x/workspaces/central",
    .archive: "/subscriptions/0f0f/resourceGroups/sec/providers/x/storageAccounts/acmeaudit",
    .project: "acme-analytics", .unit: "projects/acme-analytics", .sink: "audit-archive",
    .destination: "storage.googleapis.com/acme-audit",
    .filter: "logName:\"cloudaudit.googleapis.com\"",
    .setting: "to-siem", .exclusion: "no-audit",
  ]

  @Test(arguments: names) func isReadAndWhole(_ name: String) throws {
    let runbook = try Self.read(name)
    #expect(!runbook.owner.isEmpty && !runbook.meaning.isEmpty)
    #expect((5...8).contains(runbook.steps.count))
    #expect(runbook.steps.contains { $0.probes })
    for step in runbook.steps where !step.closes {
      #expect(step.outcomes.contains { $0.isGood } && step.outcomes.contains { !$0.isGood })
      #expect(step.title.text(with: Self.values).count <= 60, "step \(step.number)")
    }
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    #expect(
      text.unicodeScalars.filter { !$0.isASCII }.isEmpty,
      "the ASCII alphabet must be able to show it")
    #expect(text.lowercased().contains("escalate"))
  }

  @Test(arguments: names) func isCleanForTheShell(_ name: String) throws {
    let runbook = try Self.read(name)
    for values in [Self.values, Self.hostile] {
      for step in runbook.steps {
        let commands = step.commands.map { $0.command(with: values) }
        let script = commands.flatMap { $0.lines(within: 78) }.joined(separator: "\n")
        #expect(commands.filter { !$0.canBeCopied }.isEmpty, "step \(step.number)")
        #expect(try Self.shell(["-n"], script + "\n").status == 0, "step \(step.number): \(script)")
      }
    }
  }

  @Test func everyFailureHasItsRunbook() throws {
    let runbooks = try Self.names.map(Self.read)
    for failure in FailureCatalogue.all {
      let runbook = runbooks.handling(failure.code.text)
      #expect(runbook?.name == failure.runbook, "\(failure.code.text)")
    }
    let known = Set(FailureCatalogue.all.map(\.code.text))
    #expect(runbooks.flatMap(\.codes).filter { !known.contains($0) } == [])
    #expect(Set(runbooks.flatMap(\.codes)).count == runbooks.flatMap(\.codes).count)
  }

  @Test(arguments: [
    (
      "aws-trail-stopped.md", "us-east-1",
      "aws cloudtrail get-trail-status --name use1 --region us-east-1 --profile prod"
    ),
    (
      "aws-bucket-blocked.md", "us-east-1",
      "aws s3api get-bucket-policy --bucket acme-audit-logs --profile prod"
    ),
    (
      "aws-region-uncovered.md", "ap-southeast-2",
      "aws cloudtrail describe-trails --region ap-southeast-2 --profile prod"
    ),
  ])
  func stepOneIsTheCommand(_ name: String, _ region: String, _ command: String) throws {
    let step = try #require(try Self.read(name).step(1))
    var values = Self.values
    values[.region] = region
    #expect(step.commands.map { $0.command(with: values).text } == [command])
    #expect(step.commands.first?.command(with: values).lines(within: 78) == [command])
    values[.profile] = nil
    let bare = command.replacing(" --profile prod", with: "")
    #expect(step.commands.map { $0.command(with: values).text } == [bare])
  }

  /// Values that a shell must not act on; each comes back as it was, as one argument.
  static let hostile: RunbookValues = {
    var values = RunbookValues()
    let texts = [
      "'; touch pwned; '", "$(touch pwned)", "`touch pwned`", "a b\\", "\"x", "*", "~", "#x", "!!",
      "a'b''c'", "x=1 y", "${HOME}", "&& false", "|cat", ">pwned", "größe",
      "a;b",
    ]
    for (index, name) in RunbookValues.Name.allCases.enumerated() {
      values[name] = texts[index % texts.count]
    }
    return values
  }()

  @Test func theShellGivesValuesBackAsTheyWere() throws {
    let names = RunbookValues.Name.allCases
    let places = names.map { "{{\($0.rawValue)}}" }.joined(separator: " ")
    let template = try RunbookCommandTests.template(
      "printf '%s\\n' \(places) {{--x actor}} m{{from}}n")
    let command = template.command(with: Self.hostile)
    let expected =
      names.map { Self.hostile[$0] ?? "" } + [
        "--x", Self.hostile[.actor] ?? "", "m" + (Self.hostile[.from] ?? "") + "n",
      ]
    for width in [500, 40, 1] {
      let script = command.lines(within: width).joined(separator: "\n")
      let run = try Self.shell([], script)
      #expect(run.status == 0)
      #expect(run.output == expected.joined(separator: "\n") + "\n")
    }
    for width in [117, 40, 20] {
      let lines = command.lines(fitting: width)
      #expect(lines.allSatisfy { $0.text.count <= width && !$0.text.hasPrefix("   ") })
      #expect(lines.allSatisfy { !$0.isInsideWord })
      let run = try Self.shell([], lines.map(\.text).joined(separator: "\n"))
      #expect(run.status == 0)
      #expect(run.output == expected.joined(separator: "\n") + "\n")
    }
  }

  /// Runs `sh` with a script on its standard input.
  private static func shell(_ arguments: [String], _ script: String) throws -> (
    status: Int32, output: String
  ) {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: NSTemporaryDirectory())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
