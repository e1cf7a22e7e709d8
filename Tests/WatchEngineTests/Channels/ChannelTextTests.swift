import Foundation
import Testing
import WatchCore

@testable import WatchEngine

/// What is cut says so, and what is hostile is plain.
struct ChannelTextTests {
  @Test(arguments: [
    ("short", 20, "short"),
    ("exactly twenty chars", 20, "exactly twenty chars"),
    ("a\u{1b}[2J\u{202e}b\r\n c\u{0}", 20, "a[2Jb c"),
    (
      String(repeating: "x", count: 100), 60,
      String(repeating: "x", count: 23) + "… 77 more characters, in the journal"
    ),
    ("", 20, ""),
  ])
  func linesAreCutAndClean(_ text: String, _ limit: Int, _ wanted: String) {
    #expect(Clip.line(text, to: limit) == wanted)
  }

  @Test(arguments: [1, 2, 10, 37, 38, 39, 60, 150, 255, 1_024])
  func noLineIsLongerThanItsLimit(_ limit: Int) {
    for piece in ["x", "é", "語", "👍", "e\u{301}"] {
      let text = String(repeating: piece, count: 3_000)
      let line = Clip.line(text, to: limit)
      #expect(line.utf16.count <= limit)
      // Nothing is lost uncounted.
      if limit >= 60, let count = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
      {
        let kept = line.unicodeScalars.prefix { $0 != "…" }.count
        #expect(kept + count == text.unicodeScalars.count)
      }
    }
  }

  @Test func factsThatDoNotFitAreCounted() {
    let facts = (1...90).map { AlertNotification.Fact("fact \($0)", "value") }
    let text = NotificationText(
      .sample(facts: facts), NotificationText.Limits(rows: 20))
    #expect(text.rows.count == 20)
    #expect(
      text.facts.last
        == NotificationText.Row(label: "more", value: "… 75 more facts, in the journal"))
    #expect(text.facts.dropLast().map(\.label) == (1...15).map { "fact \($0)" })
    #expect(
      text.reference == [
        NotificationText.Row(label: "source", value: "aws/prod/org-trail"),
        NotificationText.Row(label: "failure", value: "aws.trail.stopped"),
        NotificationText.Row(label: "for", value: "mira (security-lead)"),
        NotificationText.Row(label: "at", value: "2026-11-20T03:02:15.000Z"),
      ])
  }

  @Test func allFactsThatFitAreThere() {
    let facts = (1...16).map { AlertNotification.Fact("fact \($0)", "") }
    let text = NotificationText(.sample(facts: facts), NotificationText.Limits(rows: 20))
    #expect(text.facts.map(\.label) == (1...16).map { "fact \($0)" })
    #expect(text.facts.allSatisfy { $0.value == "-" })
  }

  @Test(arguments: [
    ("wk-7f3a-412", "wk-7f3a-412"), ("a:b.c_d", "a:b.c_d"),
    ("", "e3b0c44298fc1c149afbf4c8996fb924"),
  ])
  func keysPassOrBecomeHashes(_ key: String, _ wanted: String) {
    #expect(MessageKey.text(key) == wanted)
  }

  @Test func hostileKeysBecomeHashes() {
    for key in ["a\r\nX: y", "a b", String(repeating: "x", count: 200), "ä"] {
      #expect(MessageKey.text(key).utf8.count == 32)
      #expect(MessageKey.text(key).allSatisfy { $0.isHexDigit })
    }
  }
}

/// The generous case: everything huge and hostile, and every channel still within its limits.
struct ChannelLimitTests {
  static let huge = AlertNotification.sample(
    title: String(repeating: "<&>語👍 ", count: 5_000),
    facts: (1...500).map {
      AlertNotification.Fact("\(hostileText)\($0)", String(repeating: "\\\"<é", count: 3_000))
    }, source: String(repeating: "語", count: 5_000))

  @Test func slack() throws {
    let body = try JSON(bytes: SlackChannel.request(Self.huge, url: "https://x/").body)
    let blocks = try #require(body["blocks"]?.array)
    #expect(blocks.count <= 50)
    for block in blocks {
      switch block["type"]?.string {
      case "header": #expect((block["text"]?["text"]?.string ?? "").utf16.count <= 150)
      case "section":
        let fields = block["fields"]?.array ?? []
        #expect(fields.count <= 10)
        for field in fields {
          #expect((1...2_000).contains(field["text"]?.string?.utf16.count ?? 0))
        }
        #expect((block["text"]?["text"]?.string ?? "").utf16.count <= 3_000)
      default: #expect(block["type"]?.string == "context")
      }
    }
    #expect(body.line.contains("more facts, in the journal"))
  }

  @Test func teams() {
    let request = TeamsChannel.request(Self.huge, url: "https://x/")
    #expect(request.body.count <= 28 << 10)
    #expect(request.text.contains("more facts, in the journal"))
  }

  @Test func pagerDuty() throws {
    let request = PagerDutyChannel.requests(Self.huge, action: .trigger, key: "k")[0]
    #expect(request.body.count <= 512_000)
    let body = try JSON(bytes: request.body)
    #expect((body["payload"]?["summary"]?.string ?? "").utf16.count <= 1_024)
    #expect(
      body["payload"]?["summary"]?.string?.hasSuffix("more characters, in the journal") == true)
  }

  @Test func jira() throws {
    let requests = JiraRequests(
      site: "https://x", authorization: "a", project: "SEC", issueType: "Task")
    let body = try JSON(bytes: requests.create(Self.huge).body)
    #expect((body["fields"]?["summary"]?.string ?? "").utf16.count <= 255)
    #expect((body["fields"]?["description"]?.line ?? "").utf16.count <= 32_767)
  }

  @Test func sns() {
    let message = TopicChannel.message(Self.huge, topic: "arn:aws:sns:us-east-1:1:t")
    #expect(message.texts.utf8.count <= 250_000)
    #expect((1...100).contains(message.subject.utf8.count))
    #expect(message.attributes.count <= 10)
    #expect(message.subject.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
  }

  @Test func mail() {
    let text = MailMessage.text(
      Self.huge, from: "w@x.example", to: ["a@x.example"], at: .sampleTime)
    for line in text.components(separatedBy: "\r\n") {
      #expect(line.utf8.count <= 78, "\(line.prefix(100))")
      #expect(line.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    }
  }

  @Test func webhookAndCommand() {
    #expect(Self.huge.document.line.utf8.count <= 400_000)
    #expect(CommandChannel.input(Self.huge).last == 0x0A)
    #expect(CommandChannel.input(Self.huge).dropLast().allSatisfy { $0 >= 0x20 })
  }
}
