import WatchCore

/// What is asked of a source beyond that it delivers: echo, retention, data events.
extension PlanReader {
  /// `false`, `true` (the trail's home region) or `"all"`.
  mutating func echo(_ fields: Fields) -> SourcePlan.Echo {
    guard let value = fields["echo"]?.value else { return .off }
    switch value.content {
    case .bool(let isOn): return isOn ? .home : .off
    case .string("all"): return .all
    case .string(let text):
      problem(
        value.place, "echo is \(named(text))",
        "write true (the trail's home region), \"all\" (every region) or false")
    default:
      problem(value.place, "echo is \(value.kind)", "write true, false or \"all\"")
    }
    return .off
  }

  /// An echo that is off waits for nothing.
  mutating func warnOfEcho(
    _ fields: Fields, _ echo: SourcePlan.Echo, _ expect: [PathKind: Expectation],
    _ optional: Set<PathKind>, todo: String
  ) {
    guard echo == .off else { return }
    if expect[.echo] != nil, let place = fields["expect"]?.place {
      warning(place, "expect names the echo, and the echo is off", todo)
    }
    if optional.contains(.echo), let place = fields["optional"]?.place {
      warning(place, "optional names the echo, and the echo is off", todo)
    }
  }

  /// A framework's name, or days: `"hipaa"`, `"400d"`.
  mutating func retention(_ fields: Fields) -> RetentionBar? {
    guard let value = fields["retention"]?.value, let text = text(value, "retention") else {
      return nil
    }
    if let bar = RetentionBar.frameworks[text] { return bar }
    let known = RetentionBar.frameworks.keys.sorted()
    guard let first = text.first, first.isNumber else {
      problem(value.place, "retention is \(named(text))", Nearest.advice(text, known))
      return nil
    }
    guard text.hasSuffix("d"), let days = Int(text.dropLast()), (1...3650).contains(days) else {
      problem(
        value.place, "retention is \(named(text))",
        "write days such as \"400d\", 1d to 3650d, or one of: \(known.joined(separator: ", "))")
      return nil
    }
    return RetentionBar(days: days, framework: "configuration")
  }

  /// ARNs of what data events are recorded for, or their beginnings.
  mutating func dataEvents(_ fields: Fields) -> [String] {
    guard let value = fields["data_events"]?.value else { return [] }
    let found = texts(value, "data_events")
    for item in found where !Self.isDataARN(item.text) {
      problem(
        item.place, "\(named(item.text)) is not the ARN of what has data events",
        "write one such as arn:aws:s3:::BUCKET/ or arn:aws:lambda:us-east-1:111122223333:function:NAME"
      )
    }
    return found.map(\.text)
  }

  /// `arn:aws:s3:::bucket/`, `arn:aws:s3`, `arn:aws:lambda:…`: the service must be there, the rest
  /// may be a beginning (CloudTrail API Reference, DataResource).
  private static func isDataARN(_ text: String) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count >= 3 && parts[0] == "arn" && parts[1].hasPrefix("aws")
      && !parts[2].isEmpty
      && text.unicodeScalars.allSatisfy { $0.isASCII && !$0.properties.isWhitespace && $0 != "*" }
  }
}
