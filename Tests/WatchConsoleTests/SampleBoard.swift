import TextCanvas
import WatchCore

@testable import WatchConsole

/// The scene of the mock-ups: 2026-11-20, 03:12:44Z, AWS failing, jon and mira on the roster.
enum SampleBoard {
  static let mira = Operator(name: "mira", uid: 1000, tty: "pts/3", ssh: "192.0.2.14")
  static let jon = Operator(name: "jon", uid: 1001, tty: "pts/4")
  static let now = Timeline.at("03:12:44")
  static let zone = LocalZone(offset: 3600, label: "+01")
  static let trail = SourceID(cloud: .aws, account: "prod", name: "org-trail")

  static let plan = WatchPlan(
    accounts: [CloudAccount(cloud: .aws, name: "prod", profile: "prod")],
    sources: [SourcePlan(id: trail, trail: "use1", echo: .home)],
    roles: [
      Role(
        name: "security-lead", members: ["mira", "jon"], channels: ["sec-slack", "pager"],
        acknowledgeWithin: .minutes(15))
    ])

  /// A stopped trail with its symptom, a late path, one cleared, two acknowledged, one shelved.
  static let story: Timeline = {
    var line = Timeline()
    line.add(
      .raise(raise(137, .medium, "aws.trail.changed", .event, "acme-audit-logs: no MFA delete")),
      at: Timeline.at("17:52:51", day: 19), seq: 396)
    line.act(
      .shelve, 137, at: Timeline.at("17:54:00", day: 19), text: "known case 8812",
      until: Timeline.at("06:00:00"))
    line.add(
      .raise(raise(138, .medium, "aws.digest.error", .condition, "Digest of euc1: InvalidKey")),
      at: Timeline.at("00:10:02"))
    line.act(.ack, 138, by: jon, at: Timeline.at("00:13:40"))
    line.act(
      .note, 138, by: jon, at: Timeline.at("00:21:05"), text: "owner told, will set it at nine")
    line.add(
      .duty(DutyMark(to: "mira", from: "jon", text: "quiet, A-0137 shelved till six", by: mira)),
      at: Timeline.at("02:00:00"))
    line.add(
      .raise(raise(139, .medium, "aws.group.error", .condition, "Log group keeps 7d, policy 365d")),
      at: Timeline.at("02:14:33"))
    line.act(.ack, 139, at: Timeline.at("02:17:12"))
    line.add(
      .raise(raise(140, .low, "aws.delivery.late", .condition, "S3 eu-west-1 was late 5m58s")),
      at: Timeline.at("02:41:12"))
    line.act(
      .clear, 140, by: nil, at: Timeline.at("02:47:10"), text: "gap 5m58s, all delivered late")
    return stopped(line)
  }()

  private static func stopped(_ before: Timeline) -> Timeline {
    var line = before
    line.add(.raise(stop), at: Timeline.at("03:02:13"), seq: 418)
    line.add(told("sec-slack"), at: Timeline.at("03:02:15"))
    line.add(told("pager"), at: Timeline.at("03:02:16"))
    line.add(
      .cause(
        AlertID(141), cause, what: "STOPPED by dev, us-east-1, 03:01Z",
        evidence: [
          Evidence(
            at: Timeline.at("03:01:37"), text: "StopLogging of use1 by dev from 198.51.100.7",
            seen: "history probe, 03:05:52Z", raw: "{\"eventName\": \"StopLogging\"}")
        ]), at: Timeline.at("03:05:52"))
    var late = raise(142, .low, "aws.delivery.late", .condition, "S3 us-east-1 late: 22m02s ago")
    late.under = AlertID(141)
    line.add(.raise(late), at: Timeline.at("03:10:43"))
    line.add(
      .raise(raise(143, .low, "aws.digest.late", .condition, "Digest late: 1h16m ago (75m+55m)")),
      at: Timeline.at("03:11:25"))
    line.add(
      .step(
        StepMark(
          alert: AlertID(141), runbook: "aws-trail-stopped", step: 1, outcome: .done, by: mira)),
      at: Timeline.at("03:11:50"), seq: 427)
    line.act(.note, 141, at: Timeline.at("03:11:58"), text: "portal shows the same gap")
    return line
  }

  static let cause = Cause(
    actor: "dev", action: "StopLogging", region: "us-east-1", at: Timeline.at("03:01:37"),
    from: "198.51.100.7", event: "0e1b", subject: "use1")

  static let stop: Raise = {
    var raise = SampleBoard.raise(
      141, .high, "aws.trail.stopped", .condition, "Trail use1 is stopped")
    raise.failed = Timeline.at("03:01:37")
    raise.evidence = [
      Evidence(
        at: Timeline.at("03:02:13"), text: "IsLogging of use1 is false",
        seen: "status probe, 03:02:13Z", raw: "{\"IsLogging\": false}")
    ]
    raise.values = [
      JSON.Member("trail", "use1"), JSON.Member("region", "us-east-1"),
      JSON.Member("profile", "prod"), JSON.Member("bucket", "acme-audit-logs"),
    ]
    return raise
  }()

  static func raise(
    _ number: Int, _ priority: Priority, _ code: FailureCode, _ kind: AlertKind, _ what: String
  ) -> Raise {
    Raise(
      alert: AlertID(number), code: code, source: trail, subject: "subject-\(number)",
      place: Place(account: "prod", region: number == 140 ? "eu-west-1" : "us-east-1"), kind: kind,
      priority: priority, failed: Timeline.at("02:30:00"), what: what)
  }

  private static func told(_ channel: String) -> Event {
    .told(Told(alert: AlertID(141), channel: channel, to: "mira", accepted: true, detail: "id-1"))
  }

  static func board(_ timeline: Timeline = story) -> Board {
    Board(
      picture: timeline.picture, clouds: clouds(open: timeline.picture.open(on: .aws)),
      journal: .saved(timeline.entries.last?.at), watch: .alive(now - .seconds(1)), me: mira,
      plan: plan, chain: .ok(entries: timeline.picture.count, at: now - .seconds(46)),
      postures: timeline.entries.isEmpty ? [:] : postures, echoes: echoes, bills: bills)
  }

  static func state(
    _ board: Board = board(), width: Int = 80, height: Int = 24, alphabet: Alphabet = .ascii
  ) -> ConsoleState {
    ConsoleState(
      board: board, now: now, zone: zone, width: width, height: height, alphabet: alphabet,
      runbooks: runbooks, postureRules: rules)
  }
}
