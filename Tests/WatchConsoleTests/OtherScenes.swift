import WatchCore

@testable import WatchConsole

/// A quiet day, a flood, and a cloud that lies in every field.
enum OtherScenes {
  static let quiet: Scene = Estate.scene(
    "quiet", Estate.start(seq: 17), at: SampleBoard.now,
    paths: Estate.paths(
      at: SampleBoard.now, age: { kind, _ in kind == .digest ? .minutes(31) : .minutes(4) }),
    demo: nil)

  static let flood: Scene = {
    var line = Accidents.stopped
    for number in 2...15 {
      line.raise(
        number, .low, at: Timeline.at("03:03:00"), what: "S3 use1 us-east-1 late, number \(number)",
        under: 1)
    }
    for number in 20...36 {
      line.raise(number, .low, at: Timeline.at("03:03:10"))
    }
    line.raise(
      40, .high, at: Timeline.at("03:03:20"), code: "aws.group.silent", what: "SILENT: group")
    return Estate.scene(
      "flood", line, at: Timeline.at("03:03:40"),
      paths: Accidents.stopLogging.board.clouds[0].paths,
      demo: nil)
  }()

  /// Quieter parts are cut: an alarm's actions, told by both witnesses; and a topic, as announced.
  static let tampered: Scene = {
    var line = Estate.start(seq: 17)
    let alarm = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:trail-stopped"
    let topic = "arn:aws:sns:us-east-1:111122223333:sec-alerts"
    let silence = Cause(
      actor: "dev", action: "PutMetricAlarm", region: "us-east-1", at: Timeline.at("02:58:10"),
      from: "198.51.100.7", agent: "aws-cli/2.15.0", event: "9c1e", subject: alarm)
    let act = "PutMetricAlarm on \(alarm) by dev from 198.51.100.7"
    line.add(
      .raise(
        Raise(
          alert: AlertID(1), code: "aws.alertpath.silenced", source: Estate.source("use1"),
          subject: alarm, place: Place(account: "prod", region: "us-east-1"), kind: .event,
          priority: .high, failed: Timeline.at("02:58:10"),
          what: "SILENCED by dev, PutMetricAlarm trail-stopped",
          evidence: [
            Evidence(
              at: Timeline.at("02:58:10"),
              text: act
                + ": ActionsEnabled true -> false; TreatMissingData breaching -> notBreaching",
              seen: "queue us-east-1", raw: "{\"eventName\": \"PutMetricAlarm\"}")
          ], cause: silence)), at: Timeline.at("02:58:12"), seq: 19)
    Estate.told(&line, 1, "02:58:13", "02:58:14")
    line.add(
      .evidence(
        AlertID(1),
        [
          Evidence(
            at: Timeline.at("02:58:10"), text: act + ", told twice",
            seen: "Event history us-east-1, 03:01:07Z")
        ]), at: Timeline.at("03:01:07"))
    let moved = Cause(
      actor: "ana", action: "Unsubscribe", region: "us-east-1", at: Timeline.at("03:00:02"),
      from: "198.51.100.9", event: "77ab", subject: topic)
    line.add(
      .raise(
        Raise(
          alert: AlertID(2), code: "aws.alertpath.silenced", source: Estate.source("use1"),
          subject: topic, place: Place(account: "prod", region: "us-east-1"), kind: .event,
          priority: .low, failed: Timeline.at("03:00:02"),
          what: "PLANNED: SILENCED by ana, Unsubscribe sec-alerts",
          evidence: [
            Evidence(
              at: Timeline.at("03:00:02"), text: "Unsubscribe on \(topic) by ana from 198.51.100.9",
              seen: "Event history us-east-1"),
            Evidence(
              at: Timeline.at("03:00:00"), text: "planned: new pager, ticket 4711 (mira)",
              seen: "journal, until 04:00:00Z"),
          ], cause: moved)), at: Timeline.at("03:05:30"))
    return Estate.scene(
      "tampered", line, at: Timeline.at("03:06:00"),
      paths: Estate.paths(
        at: Timeline.at("03:06:00"),
        age: { kind, _ in kind == .digest ? .minutes(25) : .minutes(4) }
      ), demo: nil)
  }()

  /// What must never reach a terminal as it is: escapes, bells, C1, line ends, direction marks,
  /// invisible and wide characters, and length.
  static let corpus =
    "\u{1B}[2J\u{7}\u{9B}31m\r\n\u{0}\u{202E}gnp\u{2066}\u{2028}\u{200B}e\u{301}漢字"
    + "\u{1F468}\u{200D}\u{1F469}\u{FE0F}\u{E0041}\u{1B}]0;title\u{7}"

  static let hostile: Scene = {
    let evil = corpus
    let source = SourceID(cloud: .aws, account: evil, name: evil)
    var line = Timeline()
    let who = Operator(name: evil, uid: 0, tty: evil, ssh: evil)
    line.add(
      .duty(DutyMark(to: evil, from: evil, text: evil, by: who)), at: Timeline.at("02:00:00"))
    let cause = Cause(
      actor: evil, action: evil, region: evil, at: Timeline.at("03:01:20"), from: evil, agent: evil,
      identity: evil, event: evil, subject: evil, error: evil)
    for number in 1...4 {
      line.add(
        .raise(
          Raise(
            alert: AlertID(number), code: number == 1 ? "aws.trail.stopped" : FailureCode(evil),
            source: source, subject: evil, place: Place(account: evil, region: evil),
            kind: .condition, priority: .high, failed: Timeline.at("03:01:20"),
            what: evil + String(repeating: " long", count: 60),
            evidence: (0..<4).map { _ in
              Evidence(at: Timeline.at("03:01:20"), text: evil, seen: evil, raw: evil + evil)
            }, cause: cause, under: number == 4 ? AlertID(1) : nil,
            values: [
              JSON.Member("trail", .string(evil)), JSON.Member("region", .string("'; rm -rf ~ #")),
              JSON.Member("profile", .string("--endpoint-url")),
            ])), at: Timeline.at("03:02:07"))
      line.add(
        .told(
          Told(
            alert: AlertID(number), channel: evil, to: evil, accepted: number > 1, detail: evil)),
        at: Timeline.at("03:02:08"))
    }
    line.act(.note, 1, by: who, at: Timeline.at("03:02:30"), text: evil)
    line.act(.ack, 2, by: who, at: Timeline.at("03:02:31"))
    line.act(
      .shelve, 3, by: who, at: Timeline.at("03:02:32"), text: evil, until: Timeline.at("06:00:00"))
    line.add(
      .step(
        StepMark(
          alert: AlertID(1), runbook: evil, step: 1, outcome: .skipped, text: evil, by: who)),
      at: Timeline.at("03:02:33"))
    let paths = PathKind.allCases.map { kind in
      PathStatus(
        id: PathID(source: source, kind: kind, region: evil, member: evil), state: .failing,
        since: Timeline.at("03:01:20"), newest: Timeline.at("02:59:00"), looked: SampleBoard.now,
        expectation: Expectation.standard(kind), reason: evil, name: evil)
    }
    let plan = WatchPlan(
      accounts: [CloudAccount(cloud: .aws, name: evil)],
      roles: [Role(name: evil, members: [evil, "jon"], channels: [evil])])
    return Estate.scene(
      "hostile", line, at: Timeline.at("03:03:40"), paths: paths, demo: evil, plan: plan, me: who)
  }()
}
