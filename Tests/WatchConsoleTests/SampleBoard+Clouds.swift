import WatchCore

/// The paths of the scene: AWS failing in one region; Azure and GCP not set up.
extension SampleBoard {
  static func clouds(open: Int) -> [CloudStatus] {
    [
      CloudStatus(cloud: .aws, accounts: ["prod"], paths: paths, open: open),
      CloudStatus(cloud: .azure, accounts: [], paths: [], open: 0),
      CloudStatus(cloud: .gcp, accounts: [], paths: [], open: 0),
    ]
  }

  static let paths: [PathStatus] = [
    path(
      .s3, "us-east-1", .failing, since: "03:01:37", newest: "02:50:42", reason: "stopped", "use1"),
    path(.s3, "eu-west-1", .ok, since: "09:14:00", day: 17, newest: "03:04:32", "euw1"),
    path(.s3, "eu-central-1", .ok, since: "09:14:00", day: 17, newest: "03:07:03", "euc1"),
    path(
      .group, "us-east-1", .failing, since: "03:01:37", newest: "03:01:30", reason: "stopped",
      "org-trail"),
    path(.digest, "us-east-1", .late, since: "03:11:24", newest: "01:56:24", "use1"),
    path(.digest, "eu-west-1", .ok, since: "09:14:00", day: 17, newest: "02:40:31", "euw1"),
    path(.digest, "eu-central-1", .ok, since: "09:14:00", day: 17, newest: "02:40:55", "euc1"),
    path(.trail, "us-east-1", .failing, since: "03:01:37", newest: nil, reason: "stopped", "use1"),
    path(.trail, "eu-west-1", .ok, since: "09:14:00", day: 17, newest: nil, "euw1"),
    path(
      .queue, "us-east-1", .ok, since: "09:14:00", day: 17, newest: "03:01:37", "watchkeeper"),
    path(.history, "us-east-1", .ok, since: "09:14:00", day: 17, newest: "03:11:30", ""),
    path(.region, "us-east-1", .failing, since: "03:01:37", newest: nil, reason: "stopped", ""),
    path(.region, "eu-west-1", .ok, since: "09:14:00", day: 17, newest: nil, ""),
    path(.region, "eu-central-1", .ok, since: "09:14:00", day: 17, newest: nil, ""),
  ]

  static func path(
    _ kind: PathKind, _ region: String, _ state: HeartbeatState, since: String, day: Int = 20,
    newest: String?, reason: String = "", _ name: String
  ) -> PathStatus {
    let from = Timeline.at(since, day: day)
    var history = [StateChange(at: now - .hours(23), state: .ok)]
    if day == 20 { history.append(StateChange(at: from, state: state)) }
    let arrived = newest.map { Timeline.at($0) }
    let isRead = kind == .s3 || kind == .group
    return PathStatus(
      id: PathID(source: trail, kind: kind, region: region), state: state, since: from,
      newest: arrived, newestEvent: isRead ? arrived.map { $0 - .seconds(231) } : nil,
      count: isRead ? 12 : nil, looked: now - .seconds(3), proven: now - .seconds(3),
      expectation: Expectation.standard(kind), reason: reason, name: name, history: history)
  }
}
