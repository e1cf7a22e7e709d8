extension EventPattern {
  private static let depthLimit = 32

  /// - Parameter value: the pattern's JSON.
  public init(_ value: EventValue) throws(EventPatternError) {
    root = try Self.fields(value, [])
    if root.members.isEmpty, root.alternatives.isEmpty {
      throw EventPatternError([], "names no field")
    }
  }

  private static func fields(
    _ value: EventValue, _ path: [String]
  ) throws(EventPatternError) -> Fields {
    guard case .object(let members) = value else {
      throw EventPatternError(path, "is \(value.kind), not an object")
    }
    if path.count > depthLimit {
      throw EventPatternError(path, "is nested more than \(depthLimit) deep")
    }
    var fields = Fields()
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if name == "$or", case .array(let list) = value {
        for alternative in list {
          fields.alternatives.append(try self.fields(alternative, path + ["$or"]))
        }
        if fields.alternatives.isEmpty { throw EventPatternError(path, "has an empty $or") }
      } else {
        fields.members[name] = try field(value, path + [name])
      }
    }
    return fields
  }

  private static func field(
    _ value: EventValue, _ path: [String]
  ) throws(EventPatternError) -> Field {
    switch value {
    case .object: return .fields(try fields(value, path))
    case .array(let list):
      if list.isEmpty { throw EventPatternError(path, "has an empty list, which nothing matches") }
      var tests: [ValueTest] = []
      for element in list { tests.append(try test(element, path)) }
      return .values(tests)
    default: throw EventPatternError(path, "is \(value.kind), not a list or an object")
    }
  }

  private static func test(
    _ value: EventValue, _ path: [String]
  ) throws(EventPatternError) -> ValueTest {
    guard case .object(let members) = value else {
      if case .array = value { throw EventPatternError(path, "has a list inside a list") }
      return .exactly(value)
    }
    guard members.count == 1, let (name, value) = members.first else {
      throw EventPatternError(path, "has a test that is not one name with one value")
    }
    switch (name, value) {
    case ("anything-but", _): return .anythingBut(try refused(value, path))
    case ("exists", .bool(let flag)): return .exists(flag)
    case ("numeric", .array(let list)): return .numeric(try bounds(list, path))
    case ("cidr", .string(let text)):
      guard let block = AddressBlock(text) else {
        throw EventPatternError(path, "has no block of addresses in \(FilterText.shown(text))")
      }
      return .address(block)
    default: return try textTest(name, value, path)
    }
  }

  private static func textTest(
    _ name: String, _ value: EventValue, _ path: [String]
  ) throws(EventPatternError) -> ValueTest {
    let folded = value["equals-ignore-case"]?.string
    switch (name, value.string ?? folded) {
    case ("prefix", let text?): return .prefix(text, ignoringCase: folded != nil)
    case ("suffix", let text?): return .suffix(text, ignoringCase: folded != nil)
    case ("equals-ignore-case", let text?) where folded == nil: return .equalsIgnoringCase(text)
    case ("wildcard", let text?) where folded == nil: return .wildcard(text)
    default:
      throw EventPatternError(path, "has a test that is not known: \(FilterText.shown(name))")
    }
  }

  /// What stands after `anything-but`: a value, a list, or one test on one or more texts.
  private static func refused(
    _ value: EventValue, _ path: [String]
  ) throws(EventPatternError) -> [ValueTest] {
    switch value {
    case .string, .number, .bool, .null: return [.exactly(value)]
    case .array(let list):
      var tests: [ValueTest] = []
      for element in list { tests += try refused(element, path) }
      if tests.isEmpty { throw EventPatternError(path, "has an empty anything-but") }
      return tests
    case .object(let members):
      guard members.count == 1, let (name, inner) = members.first else { break }
      guard case .array(let list) = inner else { return [try textTest(name, inner, path)] }
      var tests: [ValueTest] = []
      for element in list { tests.append(try textTest(name, element, path)) }
      return tests
    case .any: break
    }
    throw EventPatternError(path, "has an anything-but that cannot be read")
  }

  /// `[">", 0, "<=", 5]`.
  private static func bounds(
    _ list: [EventValue], _ path: [String]
  ) throws(EventPatternError) -> [Bound] {
    var bounds: [Bound] = []
    var rest = list[...]
    while let sign = rest.popFirst() {
      guard let comparison = sign.string.flatMap(FilterTest.Comparison.init),
        comparison != .notEqual,
        case .number(let text)? = rest.popFirst(), let value = Double(text)
      else { throw EventPatternError(path, "has a numeric test that cannot be read") }
      bounds.append(Bound(comparison: comparison, value: value))
    }
    if bounds.isEmpty { throw EventPatternError(path, "has an empty numeric test") }
    return bounds
  }
}
