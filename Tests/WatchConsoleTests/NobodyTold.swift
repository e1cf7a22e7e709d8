import WatchCore

@testable import WatchConsole

/// Nobody could be told: both channels fail, and the promise to restore is nearly over.
enum NobodyTold {
  static let scene: Scene = Estate.scene(
    "nobody-told", line, at: Timeline.at("03:03:40"),
    paths: Accidents.stopLogging.board.clouds.flatMap(\.paths),
    demo: nil, plan: plan)

  static let plan: WatchPlan = {
    var plan = Estate.plan
    plan.roles[0].restoreWithin = [.high: .minutes(10)]
    plan.people = [
      Person(name: "mira", phone: "+49 30 5550 101", mail: "mira@acme.example"),
      Person(name: "jon", phone: "+49 30 5550 102", text: "lets it ring long"),
    ]
    return plan
  }()

  static let line: Timeline = {
    var line = Estate.start(seq: 17)
    let raise = Raise(
      alert: AlertID(1), code: "aws.trail.stopped", source: Estate.source("use1"),
      subject: "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1",
      place: Place(account: "prod", region: "us-east-1"), kind: .condition, priority: .high,
      failed: Timeline.at("03:01:20"), what: "STOPPED: use1, us-east-1, 03:01Z",
      evidence: [
        Evidence(
          at: Timeline.at("03:01:20"), text: "IsLogging false for use1", seen: "status probe")
      ], values: Estate.values([("trail", "use1"), ("region", "us-east-1")]))
    line.add(.raise(raise), at: Timeline.at("03:02:07"), seq: 19)
    tell(&line, .raised, "mira", of: 19, at: "03:02:07")
    told(&line, "sec-slack", "refused: no such channel", attempt: 1, at: "03:02:08", next: nil)
    told(&line, "pager", "HTTP 503", attempt: 1, at: "03:02:09", next: "03:02:19")
    told(&line, "pager", "HTTP 503", attempt: 2, at: "03:02:20", next: "03:02:50")
    told(&line, "pager", "HTTP 503", attempt: 3, at: "03:02:52", next: "03:03:52")
    return line
  }()

  static func tell(
    _ line: inout Timeline, _ act: AlertNotification.Act, _ to: String, of seq: Int, at time: String
  ) {
    line.add(
      .tell(
        Tell(
          alert: AlertID(1), act: act, to: to, role: "security-lead",
          channels: ["sec-slack", "pager"], of: seq)), at: Timeline.at(time))
  }

  static func told(
    _ line: inout Timeline, _ channel: String, _ detail: String, attempt: Int, at time: String,
    next: String?, accepted: Bool = false, of seq: Int = 20, to: String = "mira"
  ) {
    line.add(
      .told(
        Told(
          alert: AlertID(1), channel: channel, to: to, accepted: accepted, detail: detail, of: seq,
          attempt: attempt, next: next.map { Timeline.at($0) })), at: Timeline.at(time))
  }
}
