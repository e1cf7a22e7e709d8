import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchEngine

/// Each way's request as exact text.
struct ChannelRequestTests {
  static let head =
    "Content-Type: application/json\nUser-Agent: watchkeeper/0.1.0"

  @Test func slack() {
    #expect(
      SlackChannel.request(.sample(), url: "https://hooks.example/x").shown == """
        POST https://hooks.example/x
        \(Self.head)

        {"text":"NEW high A-0001 prod/us-east-1: STOPPED by dev","unfurl_links":false,\
        "unfurl_media":false,"blocks":[{"type":"header","text":{"type":"plain_text",\
        "text":"NEW high A-0001 prod/us-east-1: STOPPED by dev","emoji":false}},\
        {"type":"section","fields":[\(Self.field("since")),\(Self.field("2026-11-20T03:01:00.000Z")),\
        \(Self.field("by")),\(Self.field("user/dev")),\(Self.field("source")),\
        \(Self.field("aws/prod/org-trail")),\(Self.field("failure")),\(Self.field("aws.trail.stopped")),\
        \(Self.field("for")),\(Self.field("mira (security-lead)"))]},\
        {"type":"section","fields":[\(Self.field("at")),\(Self.field("2026-11-20T03:02:15.000Z"))]},\
        {"type":"context","elements":[\(Self.field("watchkeeper, alert A-0001, message wk-7f3a-412"))]}]}
        """)
  }

  static func field(_ text: String) -> String {
    #"{"type":"plain_text","text":"\#(text)","emoji":false}"#
  }

  @Test func teams() {
    #expect(
      TeamsChannel.request(.sample(facts: []), url: "https://logic.example/x").text == """
        {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive",\
        "contentUrl":null,"content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json",\
        "type":"AdaptiveCard","version":"1.4","msteams":{"width":"Full"},"body":[\
        {"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"NEW high A-0001 prod/us-east-1: \
        STOPPED by dev","weight":"Bolder","size":"Large"}]},\
        \(Self.row("source", "aws/prod/org-trail")),\(Self.row("failure", "aws.trail.stopped")),\
        \(Self.row("for", "mira (security-lead)")),\(Self.row("at", "2026-11-20T03:02:15.000Z")),\
        {"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"watchkeeper, alert A-0001, \
        message wk-7f3a-412","size":"Small","isSubtle":true}]}]}}]}
        """)
  }

  static func row(_ label: String, _ value: String) -> String {
    #"{"type":"RichTextBlock","spacing":"Small","inlines":[{"type":"TextRun","text":"\#(label): ","#
      + #""weight":"Bolder"},{"type":"TextRun","text":"\#(value)"}]}"#
  }

  @Test func pagerDutyTrigger() {
    #expect(
      PagerDutyChannel.requests(.sample(), action: .trigger, key: "R0")[0].shown == """
        POST https://events.pagerduty.com/v2/enqueue
        \(Self.head)

        {"routing_key":"R0","event_action":"trigger","dedup_key":"wk-7f3a-A-0001","payload":{\
        "summary":"NEW high A-0001 prod/us-east-1: STOPPED by dev","source":"aws/prod/org-trail",\
        "severity":"critical","timestamp":"2026-11-20T03:02:15.000Z","component":"aws/prod/org-trail",\
        "class":"aws.trail.stopped","custom_details":{"since":"2026-11-20T03:01:00.000Z",\
        "by":"user/dev","source":"aws/prod/org-trail","failure":"aws.trail.stopped",\
        "for":"mira (security-lead)","at":"2026-11-20T03:02:15.000Z","message_key":"wk-7f3a-412"}},\
        "client":"watchkeeper"}
        """)
  }

  @Test(arguments: [
    (AlertNotification.Act.acknowledged, "acknowledge"), (.shelved, "acknowledge"),
    (.closed, "resolve"),
  ])
  func pagerDutyLater(_ act: AlertNotification.Act, _ word: String) throws {
    let action = try #require(PagerDutyChannel.action(act))
    #expect(
      PagerDutyChannel.requests(.sample(act), action: action, key: "R0").map(\.text)
        == [#"{"routing_key":"R0","event_action":"\#(word)","dedup_key":"wk-7f3a-A-0001"}"#])
  }

  @Test func pagerDutysWords() {
    let words = AlertNotification.Act.allCases.map { PagerDutyChannel.action($0)?.rawValue ?? "-" }
    #expect(
      words == [
        "trigger", "trigger", "trigger", "acknowledge", "-", "resolve", "acknowledge", "-",
        "trigger",
      ])
    #expect(
      PagerDutyChannel.requests(.sample(.test), action: .trigger, key: "R0")[0].text
        .contains(#""severity":"info""#))
  }

  @Test func jira() {
    let requests = JiraRequests(
      site: "https://acme.atlassian.net",
      authorization: JiraRequests.authorization(user: "w@acme.example", token: "t0k3n"),
      project: "SEC", issueType: "Task")
    let head = """
      Content-Type: application/json
      User-Agent: watchkeeper/0.1.0
      Accept: application/json
      Authorization: Basic d0BhY21lLmV4YW1wbGU6dDBrM24=
      """
    let label = "watchkeeper-" + MessageKey.hash("wk-7f3a-A-0001")
    #expect(
      requests.search(.sample()).shown == """
        POST https://acme.atlassian.net/rest/api/3/search/jql
        \(head)

        {"jql":"project = \\"SEC\\" AND labels = \\"\(label)\\" ORDER BY created ASC","maxResults":5,\
        "fields":["status","description"]}
        """)
    #expect(
      requests.create(.sample(facts: [])).shown == """
        POST https://acme.atlassian.net/rest/api/3/issue
        \(head)

        {"fields":{"project":{"key":"SEC"},"issuetype":{"name":"Task"},"summary":"NEW high A-0001 \
        prod/us-east-1: STOPPED by dev","labels":["watchkeeper","\(label)"],"description":\
        {"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":\
        "NEW high A-0001 prod/us-east-1: STOPPED by dev","marks":[{"type":"strong"}]}]},\
        \(Self.paragraph("source", "aws/prod/org-trail")),\
        \(Self.paragraph("failure", "aws.trail.stopped")),\
        \(Self.paragraph("for", "mira (security-lead)")),\
        \(Self.paragraph("at", "2026-11-20T03:02:15.000Z")),\
        {"type":"paragraph","content":[{"type":"text","text":"watchkeeper, alert A-0001, message \
        wk-7f3a-412"}]}]}}}
        """)
    #expect(
      requests.transition("SEC-1", id: "31").shown == """
        POST https://acme.atlassian.net/rest/api/3/issue/SEC-1/transitions
        \(head)

        {"transition":{"id":"31"}}
        """)
  }

  static func paragraph(_ label: String, _ value: String) -> String {
    #"{"type":"paragraph","content":[{"type":"text","text":"\#(label): ","#
      + #""marks":[{"type":"strong"}]},{"type":"text","text":"\#(value)"}]}"#
  }

  @Test func mail() {
    let root = MessageKey.hash("wk-7f3a-A-0001")
    let text = MailMessage.text(
      .sample(title: "NEW high A-0001: größer = 1"), from: "watch@acme.example",
      to: ["mira@acme.example", "jon@acme.example"], at: .sampleTime)
    #expect(
      text.replacing("\r\n", with: "\n") == """
        From: watchkeeper <watch@acme.example>
        To: mira@acme.example,
         jon@acme.example
        Subject: =?utf-8?B?W3dhdGNoa2VlcGVyXSBORVcgaGlnaCBBLTAwMDE6IGdyw7bDn2Vy?=
         =?utf-8?B?ID0gMQ==?=
        Date: Fri, 20 Nov 2026 03:02:15 +0000
        Message-ID: <\(MessageKey.hash("wk-7f3a-412"))@acme.example>
        In-Reply-To: <\(root).thread@acme.example>
        References: <\(root).thread@acme.example>
        Auto-Submitted: auto-generated
        X-Watchkeeper-Act: raised
        X-Watchkeeper-Alert: A-0001
        X-Watchkeeper-Priority: high
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        NEW high A-0001: gr=C3=B6=C3=9Fer =3D 1

        since    2026-11-20T03:01:00.000Z
        by       user/dev
        source   aws/prod/org-trail
        failure  aws.trail.stopped
        for      mira (security-lead)
        at       2026-11-20T03:02:15.000Z

        --=20
        watchkeeper, alert A-0001, message wk-7f3a-412

        """)
  }

  @Test func topic() {
    let message = TopicChannel.message(
      .sample(facts: []), topic: "arn:aws:sns:us-east-1:1:sec.fifo")
    #expect(message.subject == "NEW high A-0001 prod/us-east-1: STOPPED by dev")
    #expect(
      message.texts
        == #"{"default":"NEW high A-0001 prod/us-east-1: STOPPED by dev\n\nsource: aws/prod/org-trail\n"#
        + #"failure: aws.trail.stopped\nfor: mira (security-lead)\nat: 2026-11-20T03:02:15.000Z\n\n"#
        + #"watchkeeper, alert A-0001, message wk-7f3a-412","#
        + #""sms":"NEW high A-0001 prod/us-east-1: STOPPED by dev"}"#)
    #expect(
      message.attributes.map { "\($0.name)=\($0.value)" } == [
        "act=raised", "priority=high", "alert=A-0001", "source=aws/prod/org-trail",
        "code=aws.trail.stopped", "dedup_key=wk-7f3a-A-0001", "message_key=wk-7f3a-412",
      ])
    #expect(message.group == MessageKey.hash("wk-7f3a-A-0001"))
    #expect(message.deduplication == "wk-7f3a-412")
    #expect(TopicChannel.message(.sample(), topic: "arn:aws:sns:us-east-1:1:sec").group == nil)
  }

  @Test func webhook() {
    let request = WebhookChannel.request(
      .sample(facts: [.init("by", "user/dev")]), url: "https://h.example/x", seconds: 1_795_143_735
    ) { WebhookChannel.signature(of: $0, key: "k3y") }
    let body =
      #"{"schema":1,"act":"raised","alert":"A-0001","dedup_key":"wk-7f3a-A-0001","#
      + #""message_key":"wk-7f3a-412","priority":"high","#
      + #""title":"NEW high A-0001 prod/us-east-1: STOPPED by dev","source":"aws/prod/org-trail","#
      + #""code":"aws.trail.stopped","facts":[{"label":"by","value":"user/dev"}],"to":"mira","#
      + #""role":"security-lead","at":"2026-11-20T03:02:15.000Z"}"#
    #expect(request.text == body)
    #expect(request.header("Idempotency-Key") == "wk-7f3a-412")
    #expect(request.header("X-Watchkeeper-Timestamp") == "1795143735")
    let signature = WebhookChannel.signature(
      of: Array("v1.1795143735.\(body)".utf8), key: "k3y")
    #expect(request.header("X-Watchkeeper-Signature") == "v1=\(signature)")
    #expect(signature.count == 64)
  }
}
