import WatchCore

/// One metric with its samples, as the text format has it. A family without a sample says nothing.
struct MetricFamily {
  enum Kind: String {
    case gauge, counter
  }

  private let name: String
  private let head: String
  private var lines: [String] = []
  private static let valueLimit = 200

  /// - Parameter help: of our own words, without line feeds and backslashes.
  init(_ name: String, _ help: String, _ kind: Kind) {
    self.name = name
    head = "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  var text: String {
    lines.isEmpty ? "" : head + lines.map { $0 + "\n" }.joined()
  }

  func with(_ value: Int64, _ labels: [String: String] = [:]) -> MetricFamily {
    var family = self
    family.add(value, labels)
    return family
  }

  /// A time is left out where there is none.
  func with(_ time: Timestamp?) -> MetricFamily {
    var family = self
    if let time { family.add(time, [:]) }
    return family
  }

  mutating func add(_ value: Int64, _ labels: [String: String]) {
    lines.append("\(series(labels)) \(value)")
  }

  /// Seconds since 1970, with milliseconds.
  mutating func add(_ time: Timestamp, _ labels: [String: String]) {
    lines.append("\(series(labels)) \(Self.seconds(time.millis))")
  }

  mutating func add(_ span: Duration, _ labels: [String: String]) {
    lines.append("\(series(labels)) \(Self.seconds(span.millis))")
  }

  private static func seconds(_ millis: Int64) -> String {
    let (whole, rest) = millis.magnitude.quotientAndRemainder(dividingBy: 1000)
    let sign = millis < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    let digits = String(rest)
    return "\(sign)\(whole).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }

  private func series(_ labels: [String: String]) -> String {
    if labels.isEmpty { return name }
    let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
    return "\(name){\(pairs.joined(separator: ","))}"
  }

  /// Backslash, quote and line feed are escaped; other control characters are shown, as everywhere.
  private static func escaped(_ value: String) -> String {
    value.label(limit: valueLimit).writing(["\\": "\\\\", "\"": "\\\""])
  }
}
