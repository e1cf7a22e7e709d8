import Testing

@testable import WatchCore

struct RunbookCommandTests {
  /// A template out of a command line, by way of a whole runbook.
  static func template(_ command: String) throws -> Runbook.Template {
    let text = """
      ---
      title: t
      codes: a.b
      owner: o
      role: r
      ---
      ## 1 Close
      ```sh
      \(command)
      ```
      - close: yes
      """
    return try #require(try Runbook(parsing: text, file: "t.md").step(1)?.commands.first)
  }

  @Test(arguments: [
    ("org-trail", "org-trail"), ("a_b./:@=+-9", "a_b./:@=+-9"), ("=ls", "'=ls'"),
    ("a b", "'a b'"), ("$(id)", "'$(id)'"), ("`id`", "'`id`'"), ("a'b", "'a'\\''b'"),
    ("';rm -rf /;'", "''\\'';rm -rf /;'\\'''"), ("a\"b\\", "'a\"b\\'"),
    ("a;b&c|d>e", "'a;b&c|d>e'"),
    ("*?[x]~#!", "'*?[x]~#!'"), ("{a,b}", "'{a,b}'"), ("größe", "'größe'"), ("日本", "'日本'"),
    ("<region?>", "'<region?>'"), ("{{region}}", "'{{region}}'"),
  ])
  func quotes(_ value: String, _ word: String) throws {
    let command = try Self.template("x {{trail}} y").command(with: [.trail: value])
    #expect(command.text == "x \(word) y")
    #expect(command.canBeCopied)
  }

  @Test(arguments: [
    "a\nb", "a\u{1B}[2J", "a\u{7}", "\u{9B}31m", "a\u{202E}b", "a\u{2066}b", "a\u{2028}b",
    "a\u{200B}b",
    "a\0b", "a\tb", "a\u{FEFF}", "a\u{E0041}", "a\r", "-x", "--endpoint-url=http://198.51.100.1",
    "file:///etc/passwd", "fileb://x", "FILE://x", "https://198.51.100.1/x",
    String(repeating: "a", count: 1025),
  ])
  func refuses(_ value: String) throws {
    let command = try Self.template("x --name {{trail}} y").command(with: [.trail: value])
    #expect(command.text == "x --name <trail!> y")
    #expect(!command.canBeCopied)
    let sentence = try #require(command.troubles.first).sentence
    #expect(sentence.hasPrefix("not filled in: trail "))
    #expect(sentence.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) })
  }

  @Test func aMissingValueIsSeen() throws {
    let command = try Self.template("x {{trail}} --region {{region}}").command(with: [.trail: "t"])
    #expect(command.text == "x t --region <region?>")
    #expect(command.troubles == [.missing(.region)])
    #expect(command.troubles.map(\.sentence) == ["not to be copied: region is not known"])
    let empty = try Self.template("x {{trail}}").command(with: [.trail: ""])
    #expect(empty.troubles == [.missing(.trail)])
  }

  @Test(arguments: [
    ("x {{--profile profile}} | tail", "x --profile prod | tail", "x | tail"),
    ("x   {{--profile profile}}", "x   --profile prod", "x"),
    ("x {{--profile profile}} --y", "x --profile prod --y", "x --y"),
  ])
  func anOptionIsDropped(_ template: String, _ with: String, _ without: String) throws {
    let template = try Self.template(template)
    #expect(template.command(with: [.profile: "prod"]).text == with)
    #expect(template.command(with: [:]).text == without)
    #expect(template.command(with: [:]).canBeCopied)
  }

  @Test func valuesAreNotRead() throws {
    let template = try Self.template("x {{trail}} {{region}}")
    let command = template.command(with: [.trail: "{{region}}", .region: "r"])
    #expect(command.text == "x '{{region}}' r")
  }

  @Test(arguments: [
    (40, ["aws a --name use1 --region us-east-1"]),
    (36, ["aws a --name use1 --region us-east-1"]),
    (35, ["aws a --name use1 \\", "  --region us-east-1"]),
    (20, ["aws a --name use1 \\", "  --region us-east-1"]),
    (19, ["aws a --name use1 \\", "  --region \\", "  us-east-1"]),
    (18, ["aws a \\", "  --name use1 \\", "  --region \\", "  us-east-1"]),
    (3, ["aws \\", "  a \\", "  --name \\", "  use1 \\", "  --region \\", "  us-east-1"]),
  ])
  func goesOnOverLines(_ width: Int, _ lines: [String]) throws {
    let template = try Self.template("aws a --name {{trail}} --region {{region}}")
    let command = template.command(with: [.trail: "use1", .region: "us-east-1"])
    #expect(command.lines(within: width) == lines)
  }

  @Test("A word that is longer than a line is put together in a variable")
  func longWords() throws {
    let template = try Self.template("az x show --resource {{trail}} --name {{region}}")
    let id = "/subscriptions/0f0f1111-2222-4333-8444-555566667777/resourceGroups/sec/vaults/v"
    let command = template.command(with: [.trail: id, .region: "r"])
    let lines = command.lines(fitting: 48)
    #expect(
      lines.map(\.text) == [
        "x=/subscriptions/", "x=${x}0f0f1111-2222-4333-8444-555566667777/",
        "x=${x}resourceGroups/sec/vaults/v", "az x show --resource \"$x\" --name r",
      ])
    #expect(lines.allSatisfy { $0.text.count <= 48 && !$0.isInsideWord })
  }

  @Test("Where the shell does something with a long word, it goes on at the margin")
  func longExpansions() throws {
    let word = "$(date -u +%Y-%m-%d)" + String(repeating: "/part", count: 12)
    let command = try Self.template("x \"\(word)\"").command(with: [:])
    let lines = command.lines(fitting: 40)
    #expect(lines.contains { $0.isInsideWord } && lines.allSatisfy { $0.text.count <= 40 })
    #expect(!lines.contains { $0.text.hasPrefix("x=") })
  }

  @Test func neverBreaksInsideQuotes() throws {
    let template = try Self.template("x {{trail}} \"a b\" c\\ d 'e f'")
    let lines = template.command(with: [.trail: "it's one word"]).lines(within: 1)
    #expect(lines == ["x \\", "  'it'\\''s one word' \\", "  \"a b\" \\", "  c\\ d \\", "  'e f'"])
  }

  @Test func proseTakesValuesAsTheyAre() throws {
    let template = try Self.template("x")
    #expect(template.text(with: [:]) == "x")
    let values = RunbookValues([.actor: "\u{1B}[2J"])
    let prose = Runbook.Template(pieces: [.text("by "), .value(.actor), .text(" "), .value(.from)])
    #expect(prose.text(with: values) == "by \u{1B}[2J <from?>")
  }
}

extension RunbookValues: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral values: (Name, String)...) {
    self.init(Dictionary(values) { first, _ in first })
  }
}
