import CloudAPI
import Transfer
import WatchCore

/// Cloud Storage: the archive's settings, and the objects that sinks have written there.
extension DemoGCP {
  /// Seconds after its hour until a sink's object is there.
  private static let objectDelay = 300
  /// How far back objects are listed, in seconds.
  private static let kept = 2 * 86_400

  func storage(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard asked.method == "GET", asked.parts.count >= 4, asked.parts[0] == "storage",
      asked.parts[2] == "b"
    else { return Self.notFound }
    let name = asked.parts[3]
    guard let bucket = settings(now).at("buckets", name) else {
      return Self.missing("The specified bucket does not exist.")
    }
    switch asked.parts.count {
    case 4:
      return DemoReply.json(
        DemoReply.object([
          ("kind", .string("storage#bucket")), ("id", .string(name)), ("name", .string(name)),
        ]).merged(with: bucket))
    case 5 where asked.parts[4] == "o": return objects(name, asked, now)
    default: return Self.notFound
    }
  }

  private func objects(_ bucket: String, _ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    let prefix = asked.query["prefix"] ?? ""
    let from = asked.query["startOffset"] ?? ""
    var hours: [String: (hour: Int, count: Int)] = [:]
    for happening in log.between(now - Self.kept, now) where writes(happening, to: bucket) {
      let log = happening.values["log"] ?? "activity"
      let hour = hour(happening.at)
      guard hour + 3_600 + Self.objectDelay <= now else { continue }
      let text = time(hour).iso
      let day = text.prefix(10).replacing("-", with: "/")
      let name =
        "cloudaudit.googleapis.com/\(log)/\(day)/\(text.dropFirst(11).prefix(2)):00:00_"
        + "\(text.dropFirst(11).prefix(2)):59:59_S0.json"
      hours[name, default: (hour, 0)].count += 1
    }
    let names = hours.keys.filter { $0.hasPrefix(prefix) && $0 >= from }.sorted()
    let items = names.map { name -> JSONValue in
      let found = hours[name] ?? (0, 0)
      return DemoReply.object([
        ("kind", .string("storage#object")), ("name", .string(name)), ("bucket", .string(bucket)),
        ("size", .string("\(found.count * 1_412)")),
        ("updated", .string(time(found.hour + 3_600 + Self.objectDelay).iso)),
      ])
    }
    let size = asked.query["maxResults"] ?? asked.query["pageSize"]
    return page(
      "items", items, size: size.flatMap { Int($0) } ?? 1_000, token: asked.query["pageToken"])
  }

  private func hour(_ second: Int) -> Int {
    let offset = Int(start.millis / 1000 % 3_600)
    let into = (second + offset) % 3_600
    return second - (into < 0 ? into + 3_600 : into)
  }

  private func writes(_ happening: DemoHappening, to bucket: String) -> Bool {
    let unit = units.units.first { $0.label == happening.unit }?.id ?? ""
    let project = settings(happening.at).at("projects", String(unit.dropFirst("projects/".count)))
    let found = sinks(unit, project).filter {
      $0["destination"]?.string == "storage.googleapis.com/\(bucket)"
    }
    return found.contains { takes($0, happening) }
  }
}
