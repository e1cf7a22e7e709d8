import Foundation
import Posix
import Testing
import Transfer
import WatchCore

@testable import WatchEngine

/// Everything in a notification may come from whoever attacks.
struct ChannelHostileTests {
  static let hostile = AlertNotification.sample(
    title: hostileText, facts: [AlertNotification.Fact(hostileText, hostileText)],
    source: hostileText)

  /// All strings of a JSON text.
  static func strings(_ value: JSON) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let items): items.flatMap(strings)
    case .object(let members): members.flatMap { [$0.key] + strings($0.value) }
    default: []
    }
  }

  @Test(arguments: [
    SlackChannel.request(hostile, url: "https://x/"),
    TeamsChannel.request(hostile, url: "https://x/"),
    PagerDutyChannel.requests(hostile, action: .trigger, key: "k")[0],
    JiraRequests(site: "https://x", authorization: "a", project: "P", issueType: "T").create(
      hostile),
    JiraRequests(site: "https://x", authorization: "a", project: "P", issueType: "T")
      .comment(hostile, on: "P-1"),
    WebhookChannel.request(hostile, url: "https://x/", seconds: 0) { _ in "" },
  ])
  func nothingThatActsIsInAText(_ request: HTTPRequest) throws {
    for text in Self.strings(try JSON(bytes: request.body)) {
      for scalar in text.unicodeScalars {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format, "\(text.debugDescription)")
      }
    }
    for header in request.headers { #expect(!header.value.contains { $0.isNewline }) }
  }

  @Test func slackSeesNoMention() throws {
    let body = try JSON(bytes: SlackChannel.request(Self.hostile, url: "https://x/").body)
    for text in Self.strings(body) {
      #expect(!text.contains("<"))
      #expect(!text.contains(">"))
      #expect(
        !text.replacing("&lt;", with: "").replacing("&gt;", with: "")
          .replacing("&amp;", with: "").contains("&"))
    }
    // No object of ours lets Slack read its markup.
    #expect(!body.line.contains("mrkdwn"))
  }

  @Test func slackCutsNoEscape() throws {
    for count in 20...60 {
      let title = String(repeating: "a", count: count) + String(repeating: "<&>", count: 100)
      let body = try JSON(
        bytes: SlackChannel.request(.sample(title: title), url: "https://x/").body)
      let header = try #require(body["blocks"]?.array?.first?["text"]?["text"]?.string)
      #expect(header.utf16.count <= 150)
      let rest = header.replacing("&lt;", with: "").replacing("&gt;", with: "")
        .replacing("&amp;", with: "")
      #expect(!rest.contains("&"))
    }
  }

  @Test func teamsReadsNoMarkdownAndNoFunctions() throws {
    let body = try JSON(bytes: TeamsChannel.request(Self.hostile, url: "https://x/").body)
    #expect(!Self.strings(body).contains { $0.contains("{{") })
    // Text blocks and fact sets read Markdown; runs do not.
    #expect(!body.line.contains("TextBlock\",\"text"))
    #expect(!body.line.contains("FactSet"))
  }

  @Test func aMailGetsNoHeaderMore() {
    let text = MailMessage.text(
      Self.hostile, from: "w@x.example", to: ["a@x.example"], at: .sampleTime)
    let head = text.components(separatedBy: "\r\n\r\n")[0]
    let names = head.components(separatedBy: "\r\n").filter { !$0.hasPrefix(" ") }
      .map { $0.prefix { $0 != ":" } }
    #expect(
      names == [
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "Auto-Submitted", "X-Watchkeeper-Act", "X-Watchkeeper-Alert", "X-Watchkeeper-Priority",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
      ])
    #expect(!text.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
  }

  @Test(arguments: [
    ("plain", "plain"), ("=?utf-8?B?eA==?=", "=?utf-8?B?PT91dGYtOD9CP2VBPT0/PQ==?="),
    ("ü", "=?utf-8?B?w7w=?="),
  ])
  func subjectsAreEncodedWhereTheyMustBe(_ text: String, _ wanted: String) {
    #expect(MailMessage.encodedWords(text) == wanted)
  }

  @Test func encodedWordsAreWholeAndShort() {
    for word in MailMessage.encodedWords(String(repeating: "語👍é", count: 60)).components(
      separatedBy: "\r\n ")
    {
      #expect(word.utf8.count <= 75)
      let base = word.dropFirst("=?utf-8?B?".count).dropLast(2)
      #expect(
        Data(base64Encoded: String(base)).flatMap { String(data: $0, encoding: .utf8) } != nil)
    }
  }

  @Test(arguments: [("a b ", "a b=20"), ("=", "=3D"), ("é", "=C3=A9"), ("", "")])
  func quotedPrintable(_ text: String, _ wanted: String) {
    #expect(QuotedPrintable.line(text) == wanted)
  }

  @Test func theCommandGetsNothingAsAnArgument() async {
    let seen = ChannelProcess { arguments, input throws(PosixError) in
      #expect(arguments == ["/bin/tell", "$(id)"])
      #expect(input.last == 0x0A)
      return ChildProcess.Outcome(ending: .exited(0), output: Array("id-1\nmore".utf8))
    }
    let plan = ChannelPlan(name: "c", kind: .command, settings: ["run": ["/bin/tell", "$(id)"]])
    let answer = await ChannelSender.sample(FakeReceiver([]), process: seen).send(
      Self.hostile, plan)
    #expect(answer == .accepted(id: "id-1"))
  }
}
