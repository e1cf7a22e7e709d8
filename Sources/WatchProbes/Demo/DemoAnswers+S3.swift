import CloudAPI
import Transfer
import WatchCore

extension DemoAnswers {
  private struct Stored {
    var key: String
    var at: Int
    var delivery: DemoTimeline.Delivery
    var trail: DemoEstate.Trail
    var isDigest = false
  }

  private func layout(_ trail: DemoEstate.Trail) -> LogLayout {
    LogLayout(prefix: trail.prefix, account: estate.account.id, region: trail.region)
  }

  /// What the bucket holds under that prefix, in key order: of the prefix's day, or of all days of
  /// three that the demo remembers.
  private func stored(_ bucket: String, under prefix: String, at now: Int) -> [Stored] {
    estate.trails.filter { $0.bucket == bucket }.flatMap { trail in
      logs(of: trail, under: prefix, at: now) + digests(of: trail, under: prefix, at: now)
    }.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
  }

  private func logs(of trail: DemoEstate.Trail, under prefix: String, at now: Int) -> [Stored] {
    let layout = layout(trail)
    guard let days = days(prefix, under: layout.base, at: now) else { return [] }
    return timeline.deliveries(trail, from: days.lowerBound, to: min(days.upperBound, now)).map {
      delivery in
      let unique = DemoEvents.hash("\(trail.id) \(delivery.at)")
      return Stored(
        key: "\(layout.start(start + .seconds(delivery.at)))_\(unique).json.gz", at: delivery.at,
        delivery: delivery, trail: trail)
    }
  }

  /// `…/CloudTrail-Digest/REGION/2026/11/20/ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOME_TIME.json.gz`.
  private func digests(of trail: DemoEstate.Trail, under prefix: String, at now: Int) -> [Stored] {
    let account = estate.account.id
    let root = LogLayout.root(prefix: trail.prefix)
    let base = "\(root)\(account)/CloudTrail-Digest/\(trail.region)/"
    guard let days = days(prefix, under: base, at: now) else { return [] }
    return timeline.digests(trail, from: days.lowerBound, to: min(days.upperBound, now)).map {
      delivery in
      let time = start + .seconds(delivery.at)
      let stamp = time.iso.prefix(19).filter { $0 != "-" && $0 != ":" }
      let place = "\(trail.region)_\(trail.name ?? trail.id)_\(trail.region)"
      let name = "\(account)_CloudTrail-Digest_\(place)_\(stamp)Z"
      return Stored(
        key: "\(base)\(time.dayPath)/\(name).json.gz", at: delivery.at, delivery: delivery,
        trail: trail, isDigest: true)
    }
  }

  /// The seconds of the day that `BASE2026/11/20/…` names, or of three days; nil where the prefix
  /// leads elsewhere.
  private func days(_ prefix: String, under base: String, at now: Int) -> ClosedRange<Int>? {
    guard prefix.hasPrefix(base) || base.hasPrefix(prefix) else { return nil }
    let parts = prefix.dropFirst(base.count).split(separator: "/").prefix(3)
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
    let body = object.isDigest ? digest(object) : logFile(object)
    return HTTPResponse(
      status: 200, headers: [HTTPHeader("Content-Type", "application/x-gzip")],
      body: StoredGzip.wrap(body.utf8))
  }

  private func logFile(_ object: Stored) -> JSONValue {
    let range = object.delivery.events
    let held = events.events(object.trail.region, from: range.lowerBound, to: range.upperBound - 1)
      .filter { timeline.isLogging(object.trail, at: $0.at) }
    return .object([JSONMember("Records", .array(held.map(events.record)))])
  }

  /// In a digest's shape. What signs it is not played: the demo's digests are judged by arrival.
  private func digest(_ object: Stored) -> JSONValue {
    let begun = start + .seconds(object.at - 3_600)
    return templates.json(
      "digest",
      [
        "account": .string(estate.account.id), "bucket": .string(object.trail.bucket),
        "key": .string(object.key), "start": .string("\(begun.iso.prefix(19))Z"),
        "end": .string("\((start + .seconds(object.at)).iso.prefix(19))Z"),
      ])
  }
}
