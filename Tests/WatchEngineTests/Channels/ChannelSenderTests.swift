import CloudAPI
import Foundation
import Posix
import Testing
import Transfer
import WatchCore

@testable import WatchEngine

/// From a plan to an attempt: secrets, Jira's steps, dry runs.
struct ChannelSenderTests {
  static let jira = ChannelPlan(
    name: "j", kind: .jira, key: .environment("KEY"),
    settings: [
      "site": ["https://acme.atlassian.net"], "user": ["w@acme.example"], "project": ["SEC"],
      "transition": ["Done"],
    ])

  static let none = reply(200, #"{"issues":[],"isLast":true}"#)

  static func found(_ status: String = "To Do", text: String = "other") -> Result<
    HTTPResponse, HTTPError
  > {
    reply(
      200,
      #"{"issues":[{"key":"SEC-7","fields":{"status":{"name":"\#(status)"},"description":{"content":"\#(text)"}}}]}"#
    )
  }

  @Test func aTicketIsMadeOnceAndCommentedAfter() async {
    let receiver = FakeReceiver([
      Self.none, reply(201, #"{"id":"1","key":"SEC-7","self":"x"}"#),
      // Jira's search is behind: the ticket is known all the same.
      Self.none, reply(200, #"{"comments":[]}"#), reply(201, #"{"id":"9"}"#),
    ])
    let sender = ChannelSender.sample(receiver)
    #expect(await sender.send(.sample(), Self.jira) == .accepted(id: "SEC-7"))
    var later = AlertNotification.sample(.acknowledged)
    later.messageKey = "wk-7f3a-413"
    #expect(await sender.send(later, Self.jira) == .accepted(id: "SEC-7"))
    #expect(
      receiver.calls == [
        "POST /rest/api/3/search/jql", "POST /rest/api/3/issue", "POST /rest/api/3/search/jql",
        "GET /rest/api/3/issue/SEC-7/comment?orderBy=-created&maxResults=50",
        "POST /rest/api/3/issue/SEC-7/comment",
      ])
  }

  /// Two teams, two sites: each has a ticket of its own, and its own luck with it.
  @Test func ticketsOfTwoSitesAreTwo() async {
    var other = Self.jira
    other.settings["site"] = ["https://other.atlassian.net"]
    let deleted = reply(404, #"{"errorMessages":["Issue does not exist"]}"#)
    let receiver = FakeReceiver([
      Self.none, reply(201, #"{"key":"SEC-7"}"#), Self.none, reply(201, #"{"key":"SEC-7"}"#),
      // The other site's is gone; this one's is still there.
      Self.found(), deleted, reply(201, #"{"key":"SEC-8"}"#),
      Self.found(), reply(200, #"{"comments":[]}"#), reply(201, "{}"),
    ])
    let sender = ChannelSender.sample(receiver)
    #expect(await sender.send(.sample(), Self.jira) == .accepted(id: "SEC-7"))
    #expect(await sender.send(.sample(), other) == .accepted(id: "SEC-7"))
    #expect(receiver.calls.count { $0 == "POST /rest/api/3/issue" } == 2)
    var later = AlertNotification.sample(.acknowledged)
    later.messageKey = "later"
    #expect(await sender.send(later, other) == .accepted(id: "SEC-8"))
    #expect(await sender.send(later, Self.jira) == .accepted(id: "SEC-7"))
  }

  /// The answer to the first attempt was lost after Jira had taken it.
  @Test func aSecondAttemptMakesNoSecondTicketAndNoSecondComment() async {
    let made = FakeReceiver([
      Self.none, .failure(.cut(detail: "lost")),
      Self.found(text: "watchkeeper, alert A-0001, message wk-7f3a-412"),
    ])
    let sender = ChannelSender.sample(made)
    guard case .failed = await sender.send(.sample(), Self.jira) else {
      Issue.record("accepted")
      return
    }
    #expect(await sender.send(.sample(), Self.jira) == .accepted(id: "SEC-7"))
    #expect(made.calls.filter { $0 == "POST /rest/api/3/issue" }.count == 1)
    #expect(made.calls.count == 3)

    let commented = FakeReceiver([
      Self.found(),
      reply(
        200, #"{"comments":[{"body":{"content":[{"text":"watchkeeper, message wk-7f3a-412"}]}}]}"#),
    ])
    #expect(
      await ChannelSender.sample(commented).send(.sample(.note), Self.jira)
        == .accepted(id: "SEC-7"))
    #expect(commented.calls.count == 2)
  }

  @Test func aClosedAlertClosesItsTicket() async {
    let transitions =
      #"{"transitions":[{"id":"11","name":"Start","to":{"name":"In Progress"}},{"id":"31","name":"Finish","to":{"name":"Done"}}]}"#
    let receiver = FakeReceiver([
      Self.found(), reply(200, #"{"comments":[]}"#), reply(201, "{}"), reply(200, transitions),
      reply(204),
    ])
    #expect(
      await ChannelSender.sample(receiver).send(.sample(.closed), Self.jira)
        == .accepted(id: "SEC-7"))
    #expect(receiver.requests.last?.text == #"{"transition":{"id":"31"}}"#)

    let closed = FakeReceiver([
      Self.found("done"), reply(200, #"{"comments":[]}"#), reply(201, "{}"),
    ])
    #expect(
      await ChannelSender.sample(closed).send(.sample(.closed), Self.jira) == .accepted(id: "SEC-7")
    )

    let stuck = FakeReceiver([
      Self.found(), reply(200, #"{"comments":[]}"#), reply(201, "{}"),
      reply(200, #"{"transitions":[]}"#),
    ])
    #expect(
      await ChannelSender.sample(stuck).send(.sample(.closed), Self.jira)
        == .refused("Jira: SEC-7 is told, but has no transition \"Done\" from where it is"))
  }

  /// Somebody deleted the ticket: another is made, once, however far Jira's search is behind.
  @Test func aDeletedTicketIsMadeAnewOnce() async {
    let deleted = reply(404, #"{"errorMessages":["Issue does not exist"]}"#)
    let receiver = FakeReceiver([
      Self.found(), deleted, reply(201, #"{"key":"SEC-8"}"#),
      Self.found(), reply(200, #"{"comments":[]}"#), reply(201, "{}"),
      Self.found(), deleted, Self.found(), Self.none,
    ])
    let sender = ChannelSender.sample(receiver)
    #expect(await sender.send(.sample(), Self.jira) == .accepted(id: "SEC-8"))
    var later = AlertNotification.sample(.acknowledged)
    later.messageKey = "later"
    #expect(await sender.send(later, Self.jira) == .accepted(id: "SEC-8"))
    #expect(
      receiver.calls.suffix(2) == [
        "GET /rest/api/3/issue/SEC-8/comment?orderBy=-created&maxResults=50",
        "POST /rest/api/3/issue/SEC-8/comment",
      ])
    guard case .refused = await sender.send(later, Self.jira) else {
      Issue.record("made a third")
      return
    }
    #expect(receiver.calls.count { $0 == "POST /rest/api/3/issue" } == 1)
  }

  @Test(arguments: [
    (reply(400, "no"), ChannelAnswer.refused("Jira answered 400: no")),
    (reply(401, "no"), .failed("Jira answered 401: no", retryAfter: .minutes(15))),
    (
      reply(200, "<html>"),
      .failed("Jira answered 200, but not in its own words: <html>", retryAfter: nil)
    ),
    (reply(200, "{}"), .failed("Jira's answer cannot be read: it has no issues", retryAfter: nil)),
    (
      reply(429, "", [HTTPHeader("Retry-After", "9")]),
      .failed("Jira answered 429", retryAfter: .seconds(9))
    ),
  ])
  func jirasTroubles(_ answer: Result<HTTPResponse, HTTPError>, _ wanted: ChannelAnswer) async {
    #expect(await ChannelSender.sample(FakeReceiver([answer])).send(.sample(), Self.jira) == wanted)
  }

  /// Two messages of one alert at once: one ticket.
  @Test func oneAtATime() async {
    let receiver = FakeReceiver([
      Self.none, reply(201, #"{"key":"SEC-7"}"#), Self.none, reply(200, #"{"comments":[]}"#),
      reply(201, "{}"),
    ])
    let sender = ChannelSender.sample(receiver)
    var other = AlertNotification.sample(.acknowledged)
    other.messageKey = "other"
    let later = other
    async let one = sender.send(.sample(), Self.jira)
    async let two = sender.send(later, Self.jira)
    #expect(await [one, two] == [.accepted(id: "SEC-7"), .accepted(id: "SEC-7")])
    #expect(receiver.calls.filter { $0 == "POST /rest/api/3/issue" }.count == 1)
  }

  @Test func nothingIsSentWithoutItsSecret() async {
    let receiver = FakeReceiver([])
    let plan = ChannelPlan(name: "s", kind: .slack, url: .environment("OTHER"))
    let answer = await ChannelSender.sample(receiver).send(.sample(), plan)
    #expect(answer == .unsent("the variable env:OTHER is not set"))
    #expect(receiver.requests.isEmpty)
  }

  /// A file that is being changed is there again at the next attempt; what was to be told is not lost.
  @Test func aSecretsFileThatIsGoneIsTriedAgain() async {
    let path = "/nowhere/slack.url"
    let secrets = ChannelSecrets { _ throws(ChannelSecrets.Problem) in
      throw .unreadable(path: path, reason: "No such file or directory")
    }
    let receiver = FakeReceiver([])
    let plan = ChannelPlan(name: "s", kind: .slack, url: .file(path))
    let answer = await ChannelSender.live(
      http: receiver.client, secrets: secrets, now: { .sampleTime }
    ).send(.sample(), plan)
    guard case .failed(let text, retryAfter: nil) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(text.contains(path))
    #expect(receiver.requests.isEmpty)
  }

  @Test func pagerDutyIsNotAskedWhatItHasNoWordFor() async {
    let receiver = FakeReceiver([])
    let answer = await ChannelSender.sample(receiver).send(.sample(.note), ChannelAnswerTests.pager)
    #expect(answer == .unsent("pagerduty has no word for note"))
    #expect(receiver.requests.isEmpty)
  }

  /// However a receiver writes back what it was sent, and what looks like a secret by itself.
  @Test(arguments: [
    (ChannelAnswerTests.webhook, #"{"path":"\/services\/T0\/B0\/s3cr3tpath"}"#, "s3cr3tpath"),
    (ChannelAnswerTests.slack, "no service %2FT0%2FB0%2Fs3cr3tpath here", "s3cr3tpath"),
    (ChannelAnswerTests.webhook, "password=hunter2hunter2", "hunter2"),
  ])
  func nothingOfASecretComesBack(_ plan: ChannelPlan, _ body: String, _ secret: String) async {
    let answer = await ChannelSender.sample(FakeReceiver([reply(404, body)]))
      .send(.sample(), plan)
    guard case .refused(let text) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(!text.contains(secret) && !text.isEmpty, "\(text)")
  }

  /// A mark that combines with its last letter makes no other secret of it.
  @Test(arguments: ["\u{301}", "\u{200D}", "\u{FE0F}", "x"])
  func aSecretIsHiddenWhateverFollows(_ mark: String) {
    let secrets = ["SECRETKEY", "abc"]
    let text = "\u{1F469}SECRETKEY\(mark) and abc, SECRETKE, SECRETKEY".hiding(secrets)
    #expect(Array(text.utf8) == Array("\u{1F469}(secret)\(mark) and abc, SECRETKE, (secret)".utf8))
  }

  /// A dry run holds places, never secrets.
  @Test func dryRuns() {
    let sender = ChannelSender.sample(FakeReceiver([]))
    func head(_ plan: ChannelPlan) -> String {
      sender.dryRun(.sample(), plan).components(separatedBy: "\n\n")[0]
    }
    #expect(head(ChannelAnswerTests.slack).hasPrefix("POST <url from env:URL>\n"))
    #expect(
      sender.dryRun(.sample(), ChannelAnswerTests.pager).contains(
        #""routing_key":"<key from env:KEY>""#))
    #expect(
      head(ChannelAnswerTests.webhook).hasSuffix(
        "X-Watchkeeper-Signature: v1=<HMAC-SHA256 with key from env:KEY>"))
    #expect(
      head(Self.jira).contains(
        "Authorization: Basic <base64 of w@acme.example and <key from env:KEY>>"))
    let command = ChannelPlan(name: "c", kind: .command, settings: ["run": ["/bin/tell", "-v"]])
    #expect(head(command) == #"run ["/bin/tell", "-v"]"#)
    let mail = ChannelPlan(
      name: "m", kind: .email, key: .file("/run/m"),
      settings: [
        "from": ["w@x.example"], "to": ["a@x.example"], "server": ["smtps://h"], "user": ["w"],
      ])
    #expect(
      head(mail)
        == "smtps://h\nAUTH w <key from file:/run/m>\nMAIL FROM:<w@x.example>\nRCPT TO:<a@x.example>"
    )
  }

  @Test func topicsArePublishedSignedAndOnce() async {
    let receiver = FakeReceiver([
      reply(500, "<ErrorResponse><Error><Code>InternalFailure</Code></Error></ErrorResponse>"),
      reply(
        200,
        "<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>"
      ),
    ])
    var access = AWSAccess(
      environment: ["AWS_ACCESS_KEY_ID": "AKIA0", "AWS_SECRET_ACCESS_KEY": "s3cr3t"])
    access.backoff = Backoff(tries: 1)
    let client = AWSClient(access: access, http: receiver.client, files: .none)
    let sender = ChannelSender.sample(receiver, aws: { $0 == "prod" ? client : nil })
    let plan = ChannelPlan(
      name: "n", kind: .sns,
      settings: ["topic": ["arn:aws:sns:eu-west-1:111122223333:sec"], "account": ["prod"]])
    guard case .failed(let why, _) = await sender.send(.sample(), plan) else {
      Issue.record("not failed")
      return
    }
    #expect(why.contains("Publish in eu-west-1 was refused: InternalFailure"))
    #expect(receiver.requests.count == 1)
    #expect(await sender.send(.sample(), plan) == .accepted(id: "m-1"))
    let request = receiver.requests[1]
    #expect(request.url == "https://sns.eu-west-1.amazonaws.com/")
    #expect(request.text.hasPrefix("Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3A"))
    #expect(request.header("Authorization")?.contains("/eu-west-1/sns/aws4_request") == true)
    let dry = sender.dryRun(.sample(), plan)
    #expect(dry.hasPrefix("POST https://sns.eu-west-1.amazonaws.com/\n"))
    #expect(dry.contains("Authorization: <AWS4-HMAC-SHA256 by account prod>"))
  }
}

/// Secrets are read when used, from places that nobody else may read.
struct ChannelSecretsTests {
  private func outcome(
    _ place: SecretPlace, environment: [String: String] = [:], user: UInt32 = OSUser.current.uid
  ) async -> String {
    let secrets = ChannelSecrets.live(environment: environment, home: "/nowhere", user: user)
    do throws(ChannelSecrets.Problem) {
      return try await secrets.read(place).reveal
    } catch {
      return error.sentence
    }
  }

  @Test(arguments: [
    ("x", "x"), ("x \n", "x"), ("", "env:A is empty"),
    ("a\nb", "env:A is not one line of plain text"),
  ])
  func variables(_ value: String, _ wanted: String) async {
    #expect(await outcome(.environment("A"), environment: ["A": value]) == wanted)
    #expect(
      await outcome(.environment("B"), environment: ["A": value]) == "the variable B is not set")
  }

  @Test func files() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "wk-secret-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "key").path
    try Data("s3cr3t\n".utf8).write(to: URL(filePath: path))
    func mode(_ bits: Int) throws {
      try FileManager.default.setAttributes([.posixPermissions: bits], ofItemAtPath: path)
    }
    try mode(0o600)
    #expect(await outcome(.file(path)) == "s3cr3t")
    #expect(
      await outcome(.file(path), user: OSUser.current.uid + 1)
        == "\(path) belongs to somebody else: the secret is not taken from there")
    for bits in [0o640, 0o604, 0o620, 0o660] {
      try mode(bits)
      #expect(
        await outcome(.file(path))
          == "\(path) may be read or changed by others (mode 0\(String(bits, radix: 8))): chmod 600 it"
      )
    }
    #expect(
      await outcome(.file("\(path).no")) == "\(path).no cannot be read: No such file or directory")
    #expect(
      await outcome(.file("~/key")) == "/nowhere/key cannot be read: No such file or directory")
  }
}
