import Testing
import WatchCore

struct RunbookParserTests {
  static let good = """
    ---
    title: A trail was stopped
    codes: aws.trail.stopped, aws.trail.deleted
    owner: mira
    role: security-lead
    ---

    What it means, over
    two lines.

    - a point
    - another

    ## 1 What does it say?

    ```sh
    aws a --name {{trail}} \\
      --region {{region}} {{--profile profile}}

    aws b
    ```

    Look at {{actor}}.

    - probe: yes
    - good: true, and
      nothing else: go to step 2
    - bad: false: escalate

    ## 2 Close

    - close: yes
    """

  @Test func readsEverything() throws {
    let runbook = try Runbook(parsing: Self.good, file: "docs/runbooks/aws-trail-stopped.md")
    let values = RunbookValues([.trail: "t", .region: "r", .actor: "dev"])
    #expect(runbook.name == "aws-trail-stopped")
    #expect(runbook.title == "A trail was stopped")
    #expect(runbook.codes == ["aws.trail.stopped", "aws.trail.deleted"])
    #expect(runbook.owner == "mira")
    #expect(runbook.role == "security-lead")
    #expect(
      runbook.meaning.map { $0.text(with: values) } == [
        "What it means, over two lines.", "- a point", "- another",
      ])
    #expect(runbook.steps.map(\.number) == [1, 2])
    let first = try #require(runbook.step(1))
    #expect(first.title.text(with: values) == "What does it say?")
    #expect(first.prose.map { $0.text(with: values) } == ["Look at dev."])
    #expect(
      first.commands.map { $0.command(with: values).text } == [
        "aws a --name t --region r", "aws b",
      ])
    #expect(first.probes && !first.closes)
    #expect(first.outcomes.map(\.isGood) == [true, false])
    #expect(
      first.outcomes.map { $0.text.text(with: values) } == [
        "true, and nothing else", "false: escalate",
      ])
    #expect(first.outcomes.map(\.goTo) == [2, nil])
    #expect(runbook.step(2)?.closes == true)
    #expect(runbook.step(0) == nil && runbook.step(3) == nil)
  }

  @Test func endsOfLineOfWindowsAreTaken() throws {
    let dos = Self.good.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(try Runbook(parsing: dos, file: "a.md") == Runbook(parsing: Self.good, file: "a.md"))
  }

  /// A change to the good file, and what is then said of it.
  static let mistakes: [(String, String, String)] = [
    ("title: A", "titel: A", "2: unknown key 'titel'; the header has title, codes, owner, role"),
    ("owner: mira", "owner:", "6: the header lacks 'owner'"),
    ("owner: mira\n", "", "5: the header lacks 'owner'"),
    ("role: s", "owner: s", "5: 'owner' stands here for the second time"),
    ("codes: aws.trail.stopped,", "codes: Aws,", "3: 'Aws' is not a failure code such as"),
    ("codes: aws.trail.stopped,", "codes: aws..x,", "3: 'aws..x' is not a failure code such as"),
    ("---\ntitle", "title", "1: a runbook starts with a line of ---"),
    ("lead\n---", "lead", "13: the header has no closing line of ---"),
    ("## 2 Close", "## 3 Close", "30: step 3 stands where step 2 belongs"),
    ("## 2 Close", "## Close", "30: '## Close' is not a step; expected '## 1 Title'"),
    ("## 2 Close", "# 2 Close", "30: '# 2 Close' is not a step"),
    (
      "- bad: false", "- worse: false",
      "28: unknown mark 'worse:'; known are good, bad, probe, close"
    ),
    ("- bad: false: escalate", "- bad:", "28: 'bad: ' says nothing"),
    ("- bad: false", "- bad: go to step 2\n- bad: x", "28: 'bad: go to step 2' says nothing"),
    ("- probe: yes", "- probe: no", "25: 'probe: no' says nothing"),
    ("go to step 2", "go to step 7", "26: there is no step 7 to go to"),
    ("go to step 2", "go to step 0", "26: there is no step 0 to go to"),
    ("- close: yes", "", "30: the last step must close the alert: '- close: yes'"),
    ("- probe: yes", "- close: yes", "14: only the last step may close the alert"),
    ("- a point", "- good: point", "11: 'good:' before the first step"),
    ("- a point", "```\nx\n```", "11: a command before the first step"),
    ("aws b\n```", "aws b", "16: the command that starts here has no closing ```"),
    ("aws b", "aws 'b", "20: a quote in this command is not closed"),
    ("aws b", "aws {{trail", "20: '{{' without '}}'"),
    ("aws b", "aws {{trial}}", "20: unknown placeholder {{trial}}; known are trail, trail_arn"),
    ("aws b", "aws {{--x trial}}", "20: unknown placeholder {{--x trial}}"),
    ("aws b", "aws '{{trail}}'", "20: {{trail}} stands inside quotes"),
    ("aws b", "aws \"x\\\"{{trail}}\"", "20: {{trail}} stands inside quotes"),
    ("aws b", "aws \\{{trail}}", "20: {{trail}} stands inside quotes"),
    ("{{actor}}", "{{Actor}}", "23: unknown placeholder {{Actor}}"),
    ("{{actor}}", "{{--x actor}}", "23: unknown placeholder {{--x actor}}"),
    ("What does", "\u{1B}[2JWhat", "14: control character U+001B"),
    ("What does", "\u{202E}What", "14: control character U+202E"),
  ]

  @Test(arguments: mistakes)
  func saysWhatIsWrong(_ mistake: (find: String, put: String, says: String)) throws {
    #expect(Self.good.contains(mistake.find))
    let text = Self.good.replacing(mistake.find, with: mistake.put)
    let error = try #require(throws: RunbookError.self) {
      try Runbook(parsing: text, file: "a/b.md")
    }
    #expect(
      error.description.split(separator: "\n").contains { $0.hasPrefix("a/b.md:" + mistake.says) })
  }

  @Test func namesEveryProblemInTheOrderOfLines() throws {
    let text = Self.good.replacing("owner: mira", with: "Owner: mira").replacing(
      "go to step 2", with: "go to step 9"
    ).replacing("{{actor}}", with: "{{who}}")
    let error = try #require(throws: RunbookError.self) { try Runbook(parsing: text, file: "x.md") }
    #expect(error.problems.map(\.line) == [4, 6, 23, 26])
  }

  @Test(arguments: ["", "---", "---\n---", "\0", String(repeating: "#", count: 70_000), "---\n```"])
  func isNoRunbook(_ text: String) {
    #expect(throws: RunbookError.self) { try Runbook(parsing: text, file: "x.md") }
  }

  @Test func cutAnywhereItIsReadOrRefused() {
    let bytes = Array(Self.good.utf8)
    var read = 0
    for length in 0..<bytes.count {
      let text = String(decoding: bytes[..<length], as: UTF8.self)
      if (try? Runbook(parsing: text, file: "x.md")) != nil { read += 1 }
    }
    #expect(read == 0)
  }
}
