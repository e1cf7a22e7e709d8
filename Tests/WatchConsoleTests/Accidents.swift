import WatchCore

@testable import WatchConsole

/// The three accidents of the first release, and what follows the first one, as scenes.
enum Accidents {
  static let all: [Scene] = [stopLogging, bucketBlocked, forgottenRegion]

  // MARK: A developer stops the trail in us-east-1

  static let stopLogging: Scene = Estate.scene(
    "stop-logging", stopped, at: Timeline.at("03:03:40"), paths: stoppedPaths, demo: "stop-logging")

  private static let stopCause = Cause(
    actor: "dev", action: "StopLogging", region: "us-east-1", at: Timeline.at("03:01:20"),
    from: "198.51.100.7", agent: "aws-cli/2.15.0 Python/3.11",
    identity: "arn:aws:iam::111122223333:user/dev", event: "0e1b8c2a", subject: "use1")

  static let stopped: Timeline = {
    var line = Estate.start(seq: 17)
    line.add(
      .raise(
        Raise(
          alert: AlertID(1), code: "aws.trail.stopped", source: Estate.source("use1"),
          subject: "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1",
          place: Place(account: "prod", region: "us-east-1"), kind: .condition, priority: .high,
          failed: Timeline.at("03:01:20"), what: "STOPPED: use1, us-east-1, 03:01Z",
          evidence: [
            Evidence(
              at: Timeline.at("03:01:20"),
              text: "IsLogging false for use1, StopLoggingTime 03:01:20Z",
              seen: "status probe, 03:02:07Z",
              raw: "{\n  \"IsLogging\": false,\n  \"StopLoggingTime\": \"03:01:20Z\"\n}")
          ],
          values: Estate.values([("trail", "use1"), ("region", "us-east-1")]))),
      at: Timeline.at("03:02:07"), seq: 19)
    Estate.told(&line, 1, "03:02:08", "03:02:09")
    line.add(
      .cause(
        AlertID(1), stopCause, what: "STOPPED by dev, us-east-1, 03:01Z",
        evidence: [
          Evidence(
            at: Timeline.at("03:01:20"), text: "StopLogging on use1 by dev from 198.51.100.7",
            seen: "Event history us-east-1", raw: "{\"eventName\": \"StopLogging\"}")
        ]), at: Timeline.at("03:02:31"))
    return line
  }()

  private static let stoppedPaths = Estate.paths(
    at: Timeline.at("03:03:40"), age: ages(s3: .seconds(309), digest: .minutes(22))
  ) { kind, name in
    guard name == "use1", kind != .history else { return nil }
    return Estate.Trouble(state: .failing, since: Timeline.at("03:01:20"), reason: "stopped")
  }

  // MARK: A bucket policy blocks delivery

  static let bucketBlocked: Scene = Estate.scene(
    "bucket-blocked", blocked, at: Timeline.at("03:09:18"), paths: blockedPaths,
    demo: "bucket-blocked")

  private static let blocked: Timeline = {
    var line = Estate.start(seq: 17)
    let cause = Cause(
      actor: "ana", action: "PutBucketPolicy", region: "us-east-1", at: Timeline.at("02:57:40"),
      from: "198.51.100.9", event: "77aa", subject: "acme-audit-logs")
    line.add(
      .raise(
        Raise(
          alert: AlertID(1), code: "aws.bucket.blocked", source: Estate.source("use1"),
          subject: "acme-audit-logs", place: Place(account: "prod", region: "us-east-1"),
          kind: .condition, priority: .high, failed: Timeline.at("02:57:40"),
          what: "BLOCKED by ana, PutBucketPolicy",
          evidence: [
            Evidence(
              at: Timeline.at("02:57:40"),
              text: "AccessDenied at use1, euc1, euw1; IsLogging is still true",
              seen: "status probe, 02:58:31Z"),
            Evidence(
              at: Timeline.at("02:57:40"),
              text: "PutBucketPolicy on acme-audit-logs by ana from 198.51.100.9",
              seen: "Event history us-east-1"),
          ], cause: cause,
          values: Estate.values([("trail", "use1"), ("region", "us-east-1")]))),
      at: Timeline.at("02:58:31"), seq: 19)
    Estate.told(&line, 1, "02:58:32", "02:58:33")
    for (offset, trail) in Estate.trails.enumerated() {
      line.add(
        .raise(
          Raise(
            alert: AlertID(2 + offset), code: "aws.delivery.error",
            source: Estate.source(trail.name), place: Place(account: "prod", region: trail.region),
            kind: .condition, priority: .high, failed: Timeline.at("02:57:40"),
            what: "ERROR: S3 AccessDenied, \(trail.name) \(trail.region)", under: AlertID(1))),
        at: Timeline.at("03:02:0\(4 + offset)"))
    }
    return line
  }()

  private static let blockedPaths = Estate.paths(
    at: Timeline.at("03:09:18"), age: ages(s3: .seconds(796), digest: .minutes(28))
  ) { kind, _ in
    guard kind == .s3 || kind == .digest || kind == .trail else { return nil }
    return Estate.Trouble(
      state: .failing, since: Timeline.at("02:57:40"), reason: "AccessDenied")
  }

  // MARK: A forgotten region

  static let forgottenRegion: Scene = Estate.scene(
    "forgotten-region", forgotten, at: Timeline.at("03:12:05"), paths: forgottenPaths,
    demo: "forgotten-region")

  private static let forgotten: Timeline = {
    var line = Estate.start(seq: 17)
    let cause = Cause(
      actor: "ci-deploy", action: "RunInstances", region: "ap-southeast-2",
      at: Timeline.at("02:47:30"), from: "203.0.113.44", event: "4c4c")
    line.add(
      .raise(
        Raise(
          alert: AlertID(1), code: "aws.region.uncovered", source: Estate.source("regions"),
          subject: "ap-southeast-2", place: Place(account: "prod", region: "ap-southeast-2"),
          kind: .condition, priority: .high, failed: Timeline.at("02:47:30"),
          what: "NO TRAIL: RunInstances by ci-deploy",
          evidence: [
            Evidence(
              at: Timeline.at("02:47:30"), text: "6 write events in ap-southeast-2 since 02:47:30Z",
              seen: "Event history ap-southeast-2, 03:09:03Z"),
            Evidence(
              at: Timeline.at("03:09:03"),
              text: "trails of the account: use1, euc1, euw1; none covers ap-southeast-2",
              seen: "region probe, 03:09:03Z"),
          ], cause: cause, values: Estate.values([("region", "ap-southeast-2")]))),
      at: Timeline.at("03:09:03"), seq: 19)
    Estate.told(&line, 1, "03:09:04", "03:09:05")
    return line
  }()

  private static let forgottenPaths: [PathStatus] = {
    let now = Timeline.at("03:12:05")
    let id = PathID(source: Estate.source("regions"), kind: .region, region: "ap-southeast-2")
    let since = Timeline.at("02:47:30")
    let region = PathStatus(
      id: id, state: .notSetUp, since: since, looked: now, proven: now, reason: "in use, no trail",
      history: [
        StateChange(at: now - .hours(23), state: .okQuiet),
        StateChange(at: since, state: .notSetUp),
      ])
    return Estate.paths(at: now, age: ages(s3: .seconds(157), digest: .minutes(31))) + [region]
  }()

  // MARK: Twenty minutes after the first one

  static let recovered: Scene = Estate.scene(
    "recovered", mended, at: Timeline.at("03:26:10"),
    paths: Estate.paths(
      at: Timeline.at("03:26:10"), age: ages(s3: .seconds(558), digest: .minutes(45))),
    demo: "stop-logging")

  /// The account of the gap that the scene tells of.
  static let gap = GapAccount(
    from: Timeline.at("03:01:20"), to: Timeline.at("03:06:45"), deliveredLate: 0, recovered: 37,
    lost: 0, unproven: 1, witness: "Event history us-east-1, read 03:20:11Z",
    unprovenWhat: "data events of bucket acme-payroll")

  private static let mended: Timeline = {
    var line = stopped
    line.act(.ack, 1, at: Timeline.at("03:04:02"))
    for step in 1...5 {
      line.add(
        .step(
          StepMark(
            alert: AlertID(1), runbook: "aws-trail-stopped", step: step, outcome: .done,
            text: step == 2 ? "dev knows: a script" : nil, by: SampleBoard.mira)),
        at: Timeline.at("03:0\(3 + step):20"))
    }
    line.add(.gap(AlertID(1), gap), at: Timeline.at("03:20:12"))
    line.act(
      .clear, 1, by: nil, at: Timeline.at("03:24:41"),
      text: "S3 03:16:52Z, group 03:24:40Z, echo 03:23:31Z")
    return line
  }()

  private static func ages(s3: Duration, digest: Duration) -> (PathKind, String) -> Duration {
    { kind, name in
      switch kind {
      case .s3: name == "use1" ? s3 : .seconds(230)
      case .digest: digest
      case .group: .seconds(70)
      case .echo: .minutes(6)
      default: .seconds(40)
      }
    }
  }
}
