extension FilterTest {
  /// Whether this test alone can hold for some CloudTrail record.
  var fieldReach: FilterReach {
    if case .unsupported(let word) = check {
      return FilterReach(
        .unknown, ["\(selector.text) \(word): the language has no such test"])
    }
    switch selector.place {
    case .wrong(let why): return isNegative ? FilterReach(.yes) : FilterReach(.no, [why])
    case .unknown(let why): return isNegative ? FilterReach(.yes) : FilterReach(.unknown, [why])
    case .found(let shape): return reach(of: shape)
    }
  }

  /// Holds, or may hold, where there is no such field.
  private var isNegative: Bool {
    switch check {
    case .notExists, .compare(.notEqual, _): true
    default: false
    }
  }

  private func reach(of shape: FieldShape) -> FilterReach {
    let field = selector.text
    switch (shape, check) {
    case (.free, _), (_, .notExists), (_, .isNull), (_, .unsupported): return FilterReach(.yes)
    case (.object, _):
      return FilterReach(.no, ["\(field) is an object, and a test on an object never holds"])
    case (.list, _):
      return FilterReach(.no, ["\(field) is a list, and a test on a list never holds"])
    case (.flag, .compare(let sign, _)) where sign.isOrder:
      return FilterReach(.no, ["\(field) is true or false, not a number"])
    case (.flag, _): return FilterReach(.yes)
    case (.text, .isTrue), (.text, .isFalse):
      return FilterReach(.no, ["\(field) is text, never true or false: compare it with = \"true\""])
    case (.text, .compare(let sign, _)) where sign.isOrder:
      return FilterReach(.no, ["\(field) is text, not a number"])
    case (.text(let values), .compare(.equal, let literal)):
      return reach(of: literal, among: values)
    case (.text, .compare): return FilterReach(.yes)
    }
  }

  private func reach(of literal: FilterLiteral, among values: [String]) -> FilterReach {
    let text: String
    switch literal {
    case .text(let written), .number(let written, _): text = written
    case .regex(let regex):
      guard !values.isEmpty, !values.contains(where: regex.finds) else { return FilterReach(.yes) }
      return FilterReach(
        .unknown, ["\(selector.text) has no known value that \(literal.shown) finds"])
    }
    if !values.isEmpty { return Self.reach(selector.text, text, among: values) }
    switch selector.names {
    case ["eventName"]: return Self.eventName(text)
    case ["eventSource"]: return Self.eventSource(text)
    default: return FilterReach(.yes)
    }
  }

  private static func reach(
    _ field: String, _ text: String, among values: [String]
  ) -> FilterReach {
    if values.contains(where: { Glob.matches(text, $0) }) { return FilterReach(.yes) }
    let shown = FilterText.shown(text)
    if let twin = NearWord.caseTwin(of: text, in: values)
      ?? NearWord.slip(of: text, in: values)
    {
      return FilterReach(.no, ["\(field) is never \(shown): it is \(twin)"])
    }
    return FilterReach(.unknown, ["\(field) has no known value \(shown)"])
  }

  private static func eventName(_ text: String) -> FilterReach {
    if Glob.hasStar(text) {
      let isKnown = CloudTrailNames.names.contains { Glob.matches(text, $0) }
      return isKnown
        ? FilterReach(.yes)
        : FilterReach(.unknown, ["no known event is named like \(FilterText.shown(text))"])
    }
    if CloudTrailNames.sources(of: text) != nil { return FilterReach(.yes) }
    let shown = FilterText.shown(text)
    if let twin = NearWord.caseTwin(of: text, in: CloudTrailNames.names) {
      return FilterReach(.no, ["no event is named \(shown): it is \(twin), and case matters"])
    }
    let near = NearWord.slip(of: text, in: CloudTrailNames.names).map { ": did it mean \($0)?" }
    return FilterReach(.unknown, ["no known event is named \(shown)\(near ?? "")"])
  }

  private static func eventSource(_ text: String) -> FilterReach {
    let shown = FilterText.shown(text)
    let known = CloudTrailNames.knownSources
    if Glob.hasStar(text) {
      let looksRight = known.contains { Glob.matches(text, $0) }
      return looksRight
        ? FilterReach(.yes)
        : FilterReach(.unknown, ["no known service is named like \(shown)"])
    }
    if known.contains(text) { return FilterReach(.yes) }
    if text.hasPrefix("aws.") {
      let name = "\(text.dropFirst(4)).amazonaws.com"
      return FilterReach(
        .no, ["\(shown) is EventBridge's name: in a record it is \(FilterText.shown(name))"])
    }
    if let twin = NearWord.caseTwin(of: text, in: known) ?? NearWord.slip(of: text, in: known) {
      return FilterReach(.no, ["no service records as \(shown): it is \(twin)"])
    }
    if text.hasSuffix(".amazonaws.com") || text.hasSuffix(".amazonaws.com.cn") {
      return FilterReach(.yes)
    }
    if !text.contains(".") {
      return FilterReach(
        .no, ["no service records as \(shown): names end in .amazonaws.com"])
    }
    return FilterReach(.unknown, ["no known service records as \(shown)"])
  }
}

extension FilterSelector {
  /// What a CloudTrail record has there.
  enum Place: Sendable {
    case found(FieldShape)
    case wrong(String)
    case unknown(String)
  }

  var place: Place {
    if let values = CloudTrailShape.known[text] { return .found(.text(values)) }
    var shape = FieldShape.object(CloudTrailShape.record)
    var path = "$"
    for step in steps {
      switch (step, shape) {
      case (_, .free): return .found(.free)
      case (.member(let name), .object(let members)):
        guard let member = members[name] else { return Self.missing(name, in: members, path) }
        shape = member
        path += ".\(name)"
      case (.element, .list(let element)), (.everyElement, .list(let element)): shape = element
      case (.member(let name), .list):
        return .wrong(
          "\(path) is a list: \(path)[0].\(FilterText.shown(name)) reads its first element")
      default: return .wrong("\(path) holds nothing further")
      }
    }
    return .found(shape)
  }

  private static func missing(
    _ name: String, in members: [String: FieldShape], _ path: String
  ) -> Place {
    let shown = FilterText.shown(name)
    if path == "$", name == "detail" {
      return .wrong(
        "$.detail is EventBridge's envelope: in a log group the record stands by itself")
    }
    if let twin = NearWord.caseTwin(of: name, in: members.keys) {
      return .wrong("a record has no \(path).\(shown): it is \(path).\(twin), and case matters")
    }
    if let near = NearWord.slip(of: name, in: members.keys) {
      return .wrong("a record has no \(path).\(shown): it is \(path).\(near)")
    }
    return .unknown("no record is known to have \(path).\(shown)")
  }
}
