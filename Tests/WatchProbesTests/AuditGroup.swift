import CloudAPI
import Transfer
import WatchCore

@testable import WatchProbes

/// A log group that answers as CloudWatch Logs does: by the events' own times, oldest first, page by
/// page, now and then an empty page; streams newest first.
struct AuditGroup: Sendable {
  struct Line: Sendable {
    var at: Timestamp
    var arrived: Timestamp
    var stream = "111122223333_CloudTrail_us-east-1"
    var message: String?
  }

  var lines: [Line]
  var pageSize = 100
  var startsEmpty = false
  /// What the streams' descriptions lag behind.
  var lag = Duration.zero

  func filter(_ call: DemoRequest) -> HTTPResponse {
    func time(_ name: String) -> Timestamp? {
      call.parameters[name]?.number.map { Timestamp(millis: Int64($0)) }
    }
    let names = call.parameters["logStreamNames"]?.array?.compactMap(\.string)
    let terms = (call.parameters["filterPattern"]?.string ?? "").split(separator: " ")
      .map { String($0.first == "?" ? $0.dropFirst() : $0) }
    let held = lines.sorted { $0.at < $1.at }.filter { line in
      (time("startTime").map { line.at >= $0 } ?? true)
        && (time("endTime").map { line.at <= $0 } ?? true)
        && (names?.contains(line.stream) ?? true)
        && (terms.isEmpty || terms.contains { text(line).contains($0) })
    }
    let token = call.parameters["nextToken"]?.string
    if startsEmpty, token == nil { return .json(#"{"events":[],"nextToken":"0"}"#) }
    let begin = token.flatMap { Int($0) } ?? 0
    let page = held.dropFirst(begin).prefix(pageSize)
    let next = begin + page.count < held.count ? #","nextToken":"\#(begin + page.count)""# : ""
    return .json(#"{"events":[\#(page.map(event).joined(separator: ","))]\#(next)}"#)
  }

  private func text(_ line: Line) -> String {
    line.message ?? #"{"eventTime":"\#(line.at.iso.prefix(19))Z"}"#
  }

  private func event(_ line: Line) -> String {
    #"{"logStreamName":"\#(line.stream)","timestamp":\#(line.at.millis),"#
      + #""ingestionTime":\#(line.arrived.millis),"message":\#(JSONValue.string(text(line)).text)}"#
  }

  func streams(_ call: DemoRequest) -> HTTPResponse {
    let all = Dictionary(grouping: lines, by: \.stream).map { name, lines in
      (name, lines.map(\.at).max() ?? three, lines.map(\.arrived).max() ?? three)
    }.sorted { $0.1 > $1.1 }
    let entries = all.map { name, at, arrived in
      #"{"logStreamName":"\#(name)","lastEventTimestamp":\#((at - lag).millis),"#
        + #""lastIngestionTime":\#((arrived - lag).millis)}"#
    }
    return .json(#"{"logStreams":[\#(entries.joined(separator: ","))]}"#)
  }
}

/// A description with a log group.
func describedWithGroup(_ account: String = "111122223333", more: String = "") -> String {
  described(
    more: #","CloudWatchLogsLogGroupArn":"arn:aws:logs:us-east-1:\#(account):log-group:audit:*""#
      + more)
}

extension HTTPResponse {
  /// STS's word on whose calls ours are.
  static func caller(_ account: String = "111122223333") -> HTTPResponse {
    HTTPResponse(
      status: 200,
      body: Array(
        ("<R><GetCallerIdentityResult><Arn>arn:aws:sts::\(account):assumed-role/wk/wk</Arn>"
          + "<Account>\(account)</Account></GetCallerIdentityResult></R>").utf8))
  }
}
