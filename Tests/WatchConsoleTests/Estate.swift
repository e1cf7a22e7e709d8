import WatchCore

/// The estate of the accidents: one trail per region, all into one bucket; eight required paths.
enum Estate {
  static let trails: [(name: String, region: String)] = [
    ("use1", "us-east-1"), ("euc1", "eu-central-1"), ("euw1", "eu-west-1"),
  ]

  static let plan = WatchPlan(
    accounts: [CloudAccount(cloud: .aws, name: "prod", profile: "prod")],
    sources: trails.map {
      SourcePlan(id: source($0.name), trail: $0.name, echo: $0.name == "use1" ? .home : .off)
    },
    roles: [
      Role(
        name: "security-lead", members: ["mira", "jon"], channels: ["sec-slack", "pager"],
        acknowledgeWithin: .minutes(15))
    ])

  static func source(_ name: String) -> SourceID {
    SourceID(cloud: .aws, account: "prod", name: name)
  }

  /// Of one path: what differs from all being well.
  struct Trouble {
    var state: HeartbeatState
    var since: Timestamp
    var reason: String
  }

  /// All paths at a moment; `trouble` says which are not well.
  static func paths(
    at now: Timestamp, age: (PathKind, String) -> Duration,
    trouble: (PathKind, String) -> Trouble? = { _, _ in nil }
  ) -> [PathStatus] {
    trails.flatMap { name, region -> [PathStatus] in
      let extra: [PathKind] = name == "use1" ? [.group, .echo, .history] : [.history]
      return ([.s3, .digest, .trail, .region] + extra).map { kind in
        let bad = trouble(kind, name)
        let calm = Timeline.at("09:14:00", day: 17)
        let isRecord = kind.delivers || kind == .history
        var history = [StateChange(at: now - .hours(23), state: .ok)]
        if let bad { history.append(StateChange(at: bad.since, state: bad.state)) }
        return PathStatus(
          id: PathID(source: source(name), kind: kind, region: region), state: bad?.state ?? .ok,
          since: bad?.since ?? calm, newest: isRecord ? now - age(kind, name) : nil,
          looked: now - .seconds(9), proven: now - .seconds(9),
          expectation: Expectation.standard(kind), reason: bad?.reason ?? "", name: name,
          history: history)
      }
    }
  }

  static func scene(
    _ name: String, _ line: Timeline, at now: Timestamp, paths: [PathStatus], demo: String?,
    plan: WatchPlan = Estate.plan, me: Operator = SampleBoard.mira
  ) -> Scene {
    let clouds = Cloud.allCases.map { cloud in
      CloudStatus(
        cloud: cloud, accounts: plan.accounts.filter { $0.cloud == cloud }.map(\.name),
        paths: paths.filter { $0.id.source.cloud == cloud }, open: line.picture.open(on: cloud))
    }
    let board = Board(
      picture: line.picture, clouds: clouds, journal: .saved(line.entries.last?.at),
      watch: .alive(now - .seconds(1)), me: me, demo: demo, plan: plan,
      chain: .ok(entries: line.picture.count, at: now - .seconds(46)),
      echoes: echoes(paths, at: now))
    return Scene(name: name, board: board, now: now)
  }

  /// What the watch's own calls say at each echo path: all of them back while it is well, owed since
  /// then where it is not.
  private static func echoes(
    _ paths: [PathStatus], at now: Timestamp
  ) -> [PathID: EchoSighting] {
    let echoes = paths.filter { $0.id.kind == .echo && $0.id.member == nil }.map { path in
      let legs = [PathKind.s3, .group, .history].map { kind in
        let back = min(path.newest ?? now, path.state.isProven ? now : path.since)
        return EchoLeg(
          kind: kind, sent: now - .seconds(40), returned: back - .minutes(4), arrived: back,
          p50: .seconds(118), p95: .seconds(171),
          owed: path.state.isProven ? nil : path.since)
      }
      return (path.id, EchoSighting(legs: legs))
    }
    return Dictionary(echoes, uniquingKeysWith: { first, _ in first })
  }

  /// A timeline that begins with mira on duty.
  static func start(seq: Int) -> Timeline {
    var line = Timeline()
    line.add(
      .duty(DutyMark(to: "mira", from: nil, text: nil, by: SampleBoard.mira)),
      at: Timeline.at("02:00:00"), seq: seq)
    return line
  }

  static func told(_ line: inout Timeline, _ number: Int, _ first: String, _ second: String) {
    for (channel, time) in [("sec-slack", first), ("pager", second)] {
      line.add(
        .told(
          Told(
            alert: AlertID(number), channel: channel, to: "mira", accepted: true, detail: "id-1")),
        at: Timeline.at(time))
    }
  }

  static func values(_ more: [(String, String)]) -> [JSON.Member] {
    ([("profile", "prod"), ("bucket", "acme-audit-logs"), ("prefix", "AWSLogs/111122223333/")]
      + more)
      .map { JSON.Member($0.0, .string($0.1)) }
  }
}
