import Foundation
import Posix
import Testing
import WatchCore
import WatchEngine

/// Every channel against receivers that refuse what the published schemas do not know.
@Suite(.enabled(if: CloudsPython.isWanted, CloudsPython.skipped), .serialized)
struct ChannelTests {
  static let hostile =
    "<!channel> & *b* [l](http://x) {{DATE(2026-01-01,SHORT)}} \"\\'\u{1b}[31m\r\nBcc: all@x\r\n.\r\n\u{0}\u{202e}evil 語👍"

  static func notification(
    _ act: AlertNotification.Act, alert: Int = 1, title: String = "NEW high: STOPPED by dev",
    fact: String = "user/dev", facts: Int = 2
  ) -> AlertNotification {
    AlertNotification(
      act: act, alert: act == .test ? nil : AlertID(alert), dedupKey: "wk-A-\(alert)",
      messageKey: "wk-A-\(alert)-\(act.rawValue)", priority: .high, title: title,
      source: "aws/prod/org-trail", code: "aws.trail.stopped",
      facts: (0..<facts).map { AlertNotification.Fact("fact \($0)", fact) }, to: "mira",
      role: "security-lead", at: Timestamp(seconds: 1_795_143_735))
  }

  @Test(arguments: [
    ("plain", "user/dev", 2), (hostile, hostile, 3),
    (String(repeating: "<&>語👍\\\"", count: 2_000), String(repeating: "\\\"<é", count: 3_000), 300),
  ])
  func everyActIsTakenByEveryKind(_ title: String, _ fact: String, _ facts: Int) async throws {
    try await ChannelReceivers.running { receivers in
      let sender = try receivers.sender()
      for plan in receivers.plans {
        for act in AlertNotification.Act.allCases where plan.kind.carries(act) {
          let answer = await sender.send(
            Self.notification(act, title: title, fact: fact, facts: facts), plan)
          guard case .accepted(let id) = answer else {
            Issue.record("\(plan.name) \(act): \(answer)")
            continue
          }
          #expect((id == nil) == (plan.kind == .slack))
        }
      }
      let found = try await receivers.facts()
      #expect(found.refused == [])
      #expect(found.issues.count == 1)
      #expect(found.issues.values.first?.comments == AlertNotification.Act.allCases.count - 1)
      #expect(found.issues.values.first?.status == "Done")
      #expect(found.mails.count == AlertNotification.Act.allCases.count)
      for mail in found.mails {
        #expect(mail.from.hasPrefix("<watch@acme.example>"))
        #expect(mail.to.map { $0.prefix(19) } == ["<mira@acme.example>"])
        // A soft line break may come before any word of the text; none ends a header.
        let head = mail.text.components(separatedBy: "\r\n\r\n")[0]
        #expect(!head.contains("Bcc:"))
        #expect(mail.text.contains("\r\nSubject: "))
      }
    }
  }

  /// A receiver that sometimes fails after it has taken: each is told at least once, and those that can
  /// drop a double have none.
  @Test func atLeastOnceWhereAnswersAreLost() async throws {
    try await ChannelReceivers.running { receivers in
      let sender = try receivers.sender()
      try await receivers.lose(every: 5)
      for plan in receivers.plans where plan.kind != .email {
        for alert in 1...5 {
          for act in [AlertNotification.Act.raised, .acknowledged, .closed] {
            var attempts = 0
            while attempts < 12 {
              attempts += 1
              let answer = await sender.send(Self.notification(act, alert: alert), plan)
              if case .accepted = answer { break }
              guard case .failed = answer else {
                Issue.record("\(plan.name): \(answer)")
                break
              }
            }
            #expect(attempts < 12, "\(plan.name) \(alert) \(act)")
          }
        }
      }
      let found = try await receivers.facts()
      #expect(found.refused == [])
      #expect(Set(found.incidents.keys) == Set((1...5).map { "wk-A-\($0)" }))
      #expect(found.incidents.values.allSatisfy { $0 == "resolve" })
      #expect(found.issues.count == 5)
      #expect(Set(found.issues.values.map(\.label)).count == 5)
      #expect(found.issues.values.allSatisfy { $0.comments == 2 && $0.status == "Done" })
      #expect(found.hooks.count == 15)
      #expect(found.hooks.values.contains { $0 > 1 })
    }
  }

  @Test func mailGoesOverTLSOrNotAtAll() async throws {
    try await ChannelReceivers.running { receivers in
      let sender = try receivers.sender()
      let test = Self.notification(.test)
      for (port, scheme) in [(receivers.ports.smtps, "smtps"), (receivers.ports.starttls, "smtp")] {
        let answer = await sender.send(test, receivers.mail(port, scheme))
        guard case .accepted(let id) = answer else {
          Issue.record("\(scheme): \(answer)")
          continue
        }
        #expect(id?.contains("queued as Q") == true)
      }
      #expect(try await receivers.facts().mails.count == 2)
      // A server that offers no STARTTLS gets neither the password nor the mail.
      guard case .failed = await sender.send(test, receivers.mail(receivers.ports.plain, "smtp"))
      else {
        Issue.record("sent without TLS")
        return
      }
      // Nor does one whose certificate nobody vouches for.
      let strange = try receivers.sender(trusting: false)
      for (port, scheme) in [(receivers.ports.smtps, "smtps"), (receivers.ports.starttls, "smtp")] {
        guard case .failed(let why, _) = await strange.send(test, receivers.mail(port, scheme))
        else {
          Issue.record("sent to a stranger")
          continue
        }
        #expect(why.contains("no secure connection"))
      }
      #expect(try await receivers.facts().mails.count == 2)
    }
  }

  @Test func mailThatIsRefused() async throws {
    try await ChannelReceivers.running { receivers in
      let test = Self.notification(.test)
      let unknown = await (try receivers.sender()).send(
        test, receivers.mail(receivers.ports.starttls, "smtp", to: ["nobody@acme.example"]))
      #expect(unknown == .refused("the mail server answered 550: 5.1.1 no such user"))
      // The server sends the password back; it goes no further.
      let wrong = try receivers.sender(variables: ["MAIL": "wr0ng-s3cret"])
      #expect(
        await wrong.send(test, receivers.mail(receivers.ports.smtps, "smtps"))
          == .failed(
            "the mail server answered 535: 5.7.8 no: (secret)", retryAfter: .minutes(15)))
      #expect(try await receivers.facts().mails.isEmpty)
    }
  }

  /// One address that is not known keeps the mail from nobody else, and is named.
  @Test func oneUnknownAddressHidesNoOther() async throws {
    try await ChannelReceivers.running { receivers in
      let people = ["mira@acme.example", "nobody@acme.example", "jon@acme.example"]
      let answer = await (try receivers.sender()).send(
        Self.notification(.raised),
        receivers.mail(receivers.ports.starttls, "smtp", to: people))
      #expect(
        answer
          == .accepted(
            id: "NOT to nobody@acme.example (550 5.1.1 no such user), 2.0.0 Ok: queued as Q1"))
      let to = try await receivers.facts().mails.map(\.to)
      #expect(to == [["<mira@acme.example>", "<jon@acme.example>"]])
    }
  }

  /// PagerDuty notifies nobody of a trigger for an incident that is open: each call opens its own.
  @Test func everyCallPages() async throws {
    try await ChannelReceivers.running { receivers in
      let sender = try receivers.sender()
      let pager = try #require(receivers.plans.first { $0.kind == .pagerduty })
      var call = Self.notification(.raised)
      _ = await sender.send(call, pager)
      // Its answer was lost: the same call again pages nobody twice.
      _ = await sender.send(call, pager)
      for number in 2...3 {
        call = Self.notification(number == 2 ? .escalated : .reopened)
        call.calls = number
        _ = await sender.send(call, pager)
      }
      let called = try await receivers.facts()
      #expect(called.pages == ["wk-A-1", "wk-A-1:2", "wk-A-1:3"])
      var closed = Self.notification(.closed)
      closed.calls = 3
      #expect(await sender.send(closed, pager) == .accepted(id: "wk-A-1:3"))
      let found = try await receivers.facts()
      #expect(found.incidents.count == 3 && found.refused == [])
      #expect(found.incidents.values.allSatisfy { $0 == "resolve" })
    }
  }

  @Test func aDeletedTicketIsMadeAnew() async throws {
    try await ChannelReceivers.running { receivers in
      let sender = try receivers.sender()
      let jira = try #require(receivers.plans.first { $0.kind == .jira })
      #expect(await sender.send(Self.notification(.raised), jira) == .accepted(id: "SEC-1"))
      try await receivers.delete("SEC-1")
      #expect(await sender.send(Self.notification(.acknowledged), jira) == .accepted(id: "SEC-2"))
      #expect(await sender.send(Self.notification(.closed), jira) == .accepted(id: "SEC-2"))
      let issues = try await receivers.facts().issues
      #expect(issues.keys.sorted() == ["SEC-2"] && issues["SEC-2"]?.comments == 1)
    }
  }

  @Test func jiraSaysWhoHasTakenIt() async throws {
    try await ChannelReceivers.running { receivers in
      let sender = try receivers.sender()
      let jira = try #require(receivers.plans.first { $0.kind == .jira })
      #expect(await sender.send(Self.notification(.raised), jira) == .accepted(id: "SEC-1"))
      #expect(await sender.there("SEC-1", jira) == .untaken)
      try await receivers.take("SEC-1", "Ana \u{1b}[31mRoe")
      #expect(await sender.there("SEC-1", jira) == .taken(by: "Ana [31mRoe, In Progress"))
      guard case .unknown(let why) = await sender.there("SEC-9", jira) else {
        Issue.record("a ticket that is not there")
        return
      }
      #expect(why.contains("404"))
      #expect(try await receivers.facts().refused == [])
    }
  }

  /// `watchkeeper channels test`, the real program.
  @Test func theProgramTriesThemOut() async throws {
    try await ChannelReceivers.running { receivers in
      let program = try ChannelProgram(receivers)
      let dry = try await program.run(["channels", "test", "--dry-run"])
      #expect(dry.ending == .exited(0))
      let shown = String(decoding: dry.output + dry.errorOutput, as: UTF8.self)
      for name in ["slack", "teams", "pager", "jira", "hook", "mail", "bell"] {
        #expect(shown.contains("# \(name) ("))
      }
      for secret in receivers.variables.values { #expect(!shown.contains(secret)) }
      #expect(shown.contains("POST <url from env:SLACK>"))
      #expect(try await receivers.facts().accepted.isEmpty)

      let sent = try await program.run(["channels", "test"])
      let said = String(decoding: sent.output + sent.errorOutput, as: UTF8.self)
      #expect(sent.ending == .exited(0), "\(said)")
      let found = try await receivers.facts()
      #expect(found.refused == [])
      #expect(found.mails.count == 1)
      #expect(said.contains("jira (jira) accepted a test: SEC-1"))
      let journal = try await program.run(["journal", "show"])
      let entries = String(decoding: journal.output, as: UTF8.self)
      #expect(entries.contains("bell (command) accepted a test: rang"))
      for secret in receivers.variables.values { #expect(!entries.contains(secret)) }

      let one = try await program.run(["channels", "test", "broken"])
      #expect(one.ending == .exited(1))
      #expect(
        String(decoding: one.output, as: UTF8.self)
          .contains("broken (command) did NOT accept a test: the command ended with status 1"))
      #expect(try await program.run(["channels", "test", "nobody"]).ending == .exited(64))
    }
  }
}

/// The real program with channels to test receivers.
private struct ChannelProgram {
  let receivers: ChannelReceivers
  private let program: String
  private let configuration: String

  init(_ receivers: ChannelReceivers) throws {
    self.receivers = receivers
    program = try WatchkeeperProcess.find()
    let web = receivers.web
    configuration = try receivers.folder.write(
      """
      { sources: [], duty: { roles: { lead: { members: ["mira"], channels: ["slack"] } } }, channels: {
        slack: { kind: "slack", url_from: "env:SLACK" }, teams: { kind: "teams", url_from: "env:TEAMS" },
        pager: { kind: "pagerduty", key_from: "env:KEY", endpoint: "\(web)" },
        jira: { kind: "jira", site: "\(web)", user: "watch@acme.example", key_from: "env:JIRA", project: "SEC" },
        hook: { kind: "webhook", url_from: "env:HOOK", key_from: "env:KEY" },
        mail: { kind: "email", from: "watch@acme.example", to: "mira@acme.example", user: "watch",
          server: "smtp://127.0.0.1:\(receivers.ports.starttls)", key_from: "env:MAIL" },
        bell: { kind: "command", run: ["/bin/sh", "-c", "grep -q '\\"act\\":\\"test\\"' && echo rang"] },
      } }
      """, to: "watchkeeper.json5")
    broken = try receivers.folder.write(
      #"{ sources: [], channels: { broken: { kind: "command", run: ["/bin/false"] } } }"#,
      to: "broken.json5")
  }

  private let broken: String

  func run(_ command: [String]) async throws -> ChildProcess.Outcome {
    var environment = CloudsPython.environment.merging(receivers.variables) { $1 }
    environment["HOME"] = receivers.folder.path
    environment["SSL_CERT_FILE"] = receivers.ports.certificate
    environment["SWIFT_BACKTRACE"] = "enable=no"
    let file = command.last == "broken" ? broken : configuration
    return try await ChildProcess.run(
      arguments: [program] + command + [
        "--config", file, "--state", receivers.folder.path + "/state",
      ], environment: environment, deadlineMillis: 60_000)
  }
}
