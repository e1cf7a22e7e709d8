import Glibc
import Posix
import Testing
import Transfer
import WatchCore

@testable import WatchEngine

/// What each receiver's answer means.
struct ChannelAnswerTests {
  static let slack = ChannelPlan(name: "s", kind: .slack, url: .environment("URL"))
  static let teams = ChannelPlan(name: "t", kind: .teams, url: .environment("URL"))
  static let pager = ChannelPlan(name: "p", kind: .pagerduty, key: .environment("KEY"))
  static let webhook = ChannelPlan(
    name: "w", kind: .webhook, url: .environment("URL"), key: .environment("KEY"))

  @Test(arguments: [
    (slack, reply(200, "ok"), ChannelAnswer.accepted(id: nil)),
    (
      slack, reply(200, "<html>sign in"),
      .failed("Slack answered 200, but not in its own words: <html>sign in", retryAfter: nil)
    ),
    (slack, reply(400, "invalid_payload"), .refused("Slack answered 400: invalid_payload")),
    (slack, reply(404, "channel_not_found"), .refused("Slack answered 404: channel_not_found")),
    (
      slack, reply(429, "", [HTTPHeader("Retry-After", "30")]),
      .failed("Slack answered 429", retryAfter: .seconds(30))
    ),
    (
      slack, reply(429, "", [HTTPHeader("Retry-After", "999999")]),
      .failed("Slack answered 429", retryAfter: .seconds(3_600))
    ),
    (
      slack, reply(429, "", [HTTPHeader("Retry-After", "-1")]),
      .failed("Slack answered 429", retryAfter: nil)
    ),
    (
      slack, reply(302, ""),
      .failed(
        "Slack answered 302, a redirect, which is not followed", retryAfter: .minutes(15))
    ),
    // A key that was changed there or here; a proxy.
    (
      slack, reply(403, "invalid_token"),
      .failed("Slack answered 403: invalid_token", retryAfter: .minutes(15))
    ),
    (webhook, reply(407), .failed("the webhook answered 407", retryAfter: .minutes(15))),
    (
      slack, reply(500, "rollup_error"),
      .failed("Slack answered 500: rollup_error", retryAfter: nil)
    ),
    (teams, reply(202, "", [HTTPHeader("x-ms-workflow-run-id", "0858")]), .accepted(id: "0858")),
    (
      teams, reply(401, #"{"error":{"code":"DirectApiAuthorizationRequired"}}"#),
      .failed(
        #"Teams answered 401: {"error":{"code":"DirectApiAuthorizationRequired"}}"#,
        retryAfter: .minutes(15))
    ),
    (
      pager,
      reply(202, #"{"status":"success","message":"Event processed","dedup_key":"wk-7f3a-A-0001"}"#),
      .accepted(id: "wk-7f3a-A-0001")
    ),
    (
      pager, reply(202, "{}"),
      .failed("PagerDuty answered 202, but not in its own words: {}", retryAfter: nil)
    ),
    (
      pager, reply(400, #"{"status":"invalid event","errors":["x"]}"#),
      .refused(#"PagerDuty answered 400: {"status":"invalid event","errors":["x"]}"#)
    ),
    (webhook, reply(204, ""), .accepted(id: nil)),
    (webhook, reply(201, #"{"id":"evt-9"}"#), .accepted(id: "evt-9")),
    (
      webhook, reply(200, #"{"id":"evt-9","acknowledged_by":"ana\u001b[1m"}"#),
      .taken(id: "evt-9", by: "ana[1m")
    ),
    (webhook, reply(200, #"{"acknowledged_by":""}"#), .accepted(id: nil)),
    (
      webhook,
      reply(
        503, "",
        [
          HTTPHeader("Retry-After", "Fri, 20 Nov 2026 03:03:00 GMT"),
          HTTPHeader("Date", "Fri, 20 Nov 2026 03:02:00 GMT"),
        ]), .failed("the webhook answered 503", retryAfter: .seconds(60))
    ),
    (
      webhook, .failure(.connectFailed(host: "h", detail: "refused")),
      .failed("the webhook: no connection (refused)", retryAfter: nil)
    ),
    (
      webhook, .failure(.timedOut(afterMillis: 15_000)),
      .failed("the webhook: nothing came within 15000 ms", retryAfter: nil)
    ),
    (
      webhook, .failure(.plainRefused(host: "h")),
      .unsent("the webhook: it may be spoken to by https only")
    ),
    // A hostile answer.
    (
      webhook, reply(400, "\u{1b}]0;x\u{7}\r\nno\u{202e}"),
      .refused("the webhook answered 400: ]0;x no")
    ),
    (webhook, reply(200, #"{"id":"\u001b[31mred"}"#), .accepted(id: "[31mred")),
  ])
  func httpAnswers(
    _ plan: ChannelPlan, _ answer: Result<HTTPResponse, HTTPError>, _ wanted: ChannelAnswer
  ) async {
    let sender = ChannelSender.sample(FakeReceiver([answer]))
    #expect(await sender.send(.sample(), plan) == wanted)
  }

  /// A receiver that sends back what it was sent tells us nothing that we would write down.
  @Test(arguments: [slack, teams, pager, webhook])
  func noSecretComesBack(_ plan: ChannelPlan) async {
    let echo =
      "url https://hooks.example/services/T0/B0/s3cr3tpath path /services/T0/B0/s3cr3tpath key k3y-s3cr3t"
    for answer in [reply(400, echo), reply(500, echo), .failure(.other(code: 1, detail: echo))] {
      let told = await ChannelSender.sample(FakeReceiver([answer])).send(.sample(), plan)
      let hidden =
        plan.key == nil ? ["s3cr3tpath"] : plan.url == nil ? ["k3y"] : ["s3cr3tpath", "k3y"]
      for part in hidden { #expect(!"\(told)".contains(part), "\(told)") }
    }
  }

  @Test(arguments: [
    (ChildProcess.Ending.exited(0), "id 7\nrest", "", ChannelAnswer.accepted(id: "id 7")),
    (.exited(0), "", "warning", .accepted(id: nil)),
    (
      .exited(0), #"{"id":"t-1","acknowledged_by":"the bridge"}"#, "",
      .taken(id: "t-1", by: "the bridge")
    ),
    (.exited(75), "", "busy", .failed("the command says: try again: busy", retryAfter: nil)),
    (.exited(1), "", "no such list\n", .refused("the command ended with status 1: no such list")),
    (.exited(2), "said so\n", "", .refused("the command ended with status 2: said so")),
    (.signalled(9), "", "", .failed("the command was ended by signal 9", retryAfter: nil)),
    (.timedOut, "", "", .failed("the command took longer than 30 s", retryAfter: nil)),
    (.tooMuchOutput, "", "", .refused("the command wrote more than 64 KiB")),
  ])
  func commandAnswers(
    _ ending: ChildProcess.Ending, _ output: String, _ errors: String, _ wanted: ChannelAnswer
  ) {
    let outcome = ChildProcess.Outcome(
      ending: ending, output: Array(output.utf8), errorOutput: Array(errors.utf8))
    #expect(CommandChannel.answer(outcome) == wanted)
  }

  /// What the machine lacks for a moment is tried again; what is not there is not.
  @Test(arguments: [
    (EAGAIN, true), (EMFILE, true), (ENOMEM, true), (ETXTBSY, true), (ENOENT, false),
    (EACCES, false), (ENOEXEC, false),
  ])
  func commandsThatDoNotStart(_ code: Int32, _ mayPass: Bool) {
    let answer = CommandChannel.answer(PosixError(code: code, call: "posix_spawn"))
    switch answer {
    case .failed: #expect(mayPass)
    case .unsent: #expect(!mayPass)
    default: Issue.record("\(answer)")
    }
  }

  @Test func whoIsNotAmongThemIsNamedFirst() {
    let receipt = MailReceipt(
      code: 250, text: "queued as 4F1C2",
      refused: [MailRefusal(address: "nobody@x.example", code: 550, text: "5.1.1 no such user")])
    #expect(
      MailChannel.answer(receipt)
        == .accepted(id: "NOT to nobody@x.example (550 5.1.1 no such user), queued as 4F1C2"))
  }

  @Test(arguments: [
    (
      MailError.answered(MailReceipt(code: 451, text: "4.7.1 try later")),
      ChannelAnswer.failed("the mail server answered 451: 4.7.1 try later", retryAfter: nil)
    ),
    (
      .answered(MailReceipt(code: 550, text: "5.1.1 no such user")),
      .refused("the mail server answered 550: 5.1.1 no such user")
    ),
    (
      .network(.tls(host: "h", detail: "expired")),
      .failed("the mail server: no secure connection (expired)", retryAfter: nil)
    ),
    (
      .answered(MailReceipt(code: 535, text: "5.7.8 no")),
      .failed("the mail server answered 535: 5.7.8 no", retryAfter: .minutes(15))
    ),
    (.badAddress, .unsent("mail: an address or the server's name cannot be used")),
  ])
  func mailAnswers(_ error: MailError, _ wanted: ChannelAnswer) {
    #expect(MailChannel.answer(error) == wanted)
  }
}
