import CloudAPI
import Transfer
import WatchCore

extension DemoAnswers {
  private struct Stored {
    var key: String
    var at: Int
    var delivery: DemoTimeline.Delivery
    var trail: DemoEstate.Trail
  }

  private func layout(_ trail: DemoEstate.Trail) -> LogLayout {
    LogLayout(prefix: trail.prefix, account: estate.account.id, region: trail.region)
  }

  /// What the bucket holds under that prefix, in key order: of the prefix's day, or of all days of
  /// three that the demo remembers.
  private func stored(_ bucket: String, under prefix: String, at now: Int) -> [Stored] {
    estate.trails.filter { $0.bucket == bucket }.flatMap { trail -> [Stored] in
      let layout = layout(trail)
      guard prefix.hasPrefix(layout.base) || layout.base.hasPrefix(prefix) else { return [] }
      let days = days(prefix.dropFirst(layout.base.count), at: now)
      return timeline.deliveries(trail, from: days.lowerBound, to: min(days.upperBound, now)).map {
        delivery in
        let unique = DemoEvents.hash("\(trail.id) \(delivery.at)")
        return Stored(
          key: "\(layout.start(start + .seconds(delivery.at)))_\(unique).json.gz", at: delivery.at,
          delivery: delivery, trail: trail)
      }
    }.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
  }

  /// The seconds of the day that `2026/11/20/…` names.
  private func days(_ rest: Substring, at now: Int) -> ClosedRange<Int> {
    let parts = rest.split(separator: "/").prefix(3)
    guard parts.count == 3, let day = Timestamp(iso: "\(parts.joined(separator: "-"))T00:00:00Z")
    else { return now - 3 * 86_400...now }
    let first = Int((day - start).wholeSeconds) - 1
    return first...first + 86_401
  }

  private func missing(_ bucket: String) -> HTTPResponse? {
    estate.trails.contains { $0.bucket == bucket }
      ? nil : xmlError(404, "NoSuchBucket", "The specified bucket does not exist")
  }

  func listObjects(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    if let missing = missing(asked.bucket) { return missing }
    let prefix = asked.query["prefix"] ?? ""
    let after = asked.query["continuation-token"] ?? asked.query["start-after"] ?? ""
    let size = min(max(Int(asked.query["max-keys"] ?? "") ?? 1_000, 1), 1_000)
    let all = stored(asked.bucket, under: prefix, at: now).filter {
      $0.key.hasPrefix(prefix) && (after.isEmpty || after < $0.key)
    }
    var folders: [String] = []
    var files: [Stored] = []
    for object in all {
      let rest = object.key.dropFirst(prefix.count)
      if let mark = asked.query["delimiter"]?.first, let end = rest.firstIndex(of: mark) {
        let folder = prefix + rest[...end]
        if folders.last != folder { folders.append(folder) }
      } else {
        files.append(object)
      }
    }
    let isCut = files.count > size
    files = Array(files.prefix(size))
    let next = isCut ? files.last.map { PercentEncoding.encode($0.key) } ?? "" : ""
    return xml(
      templates.xml(
        "list-objects-v2",
        [
          "bucket": DemoTemplates.escaped(asked.bucket), "prefix": PercentEncoding.encode(prefix),
          "count": "\(files.count + folders.count)", "truncated": "\(isCut)",
          "next": isCut ? "<NextContinuationToken>\(next)</NextContinuationToken>" : "",
          "objects": files.map(object).joined(), "prefixes": folders.map(folder).joined(),
        ]))
  }

  private func object(_ stored: Stored) -> String {
    templates.xml(
      "list-objects-v2-object",
      [
        "key": PercentEncoding.encode(stored.key), "size": "\(2_000 + abs(stored.at) % 900)",
        "modified": "\((start + .seconds(stored.at)).iso.prefix(19)).000Z",
        "etag": DemoEvents.hash(stored.key) + DemoEvents.hash("\(stored.key)/"),
      ])
  }

  private func folder(_ name: String) -> String {
    templates.xml("list-objects-v2-prefix", ["prefix": PercentEncoding.encode(name)])
  }

  func getObject(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    if let missing = missing(asked.bucket) { return missing }
    let all = stored(asked.bucket, under: asked.key, at: now)
    guard let object = all.first(where: { $0.key == asked.key }) else {
      return xmlError(404, "NoSuchKey", "The specified key does not exist.")
    }
    let range = object.delivery.events
    let held = events.events(object.trail.region, from: range.lowerBound, to: range.upperBound - 1)
      .filter { timeline.isLogging(object.trail, at: $0.at) }
    let body = JSONValue.object([JSONMember("Records", .array(held.map(events.record)))])
    return HTTPResponse(
      status: 200, headers: [HTTPHeader("Content-Type", "application/x-gzip")],
      body: StoredGzip.wrap(body.utf8))
  }
}
