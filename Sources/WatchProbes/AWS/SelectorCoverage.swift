import CloudAPI

/// What a trail's selectors keep, by their meaning and not by their kind (CloudTrail User Guide,
/// "Logging management events", "Logging data events"; API Reference, `AdvancedFieldSelector`).
struct SelectorCoverage: Hashable, Sendable {
  /// Management events of one kind.
  enum Side: Hashable, Sendable {
    case all
    /// All but those: `kms.amazonaws.com`, `eventName not Decrypt`.
    case except([String])
    /// Nothing but what meets a condition.
    case only([String])
    case none
  }

  var writes: Side
  var reads: Side
  var data: [DataCoverage]
  /// `NetworkActivity` and what may come.
  var otherCategories: [String]

  init(_ selectors: EventSelectors) {
    if selectors.classic.isEmpty, selectors.advanced.isEmpty {
      // What a trail is born with.
      (writes, reads, data, otherCategories) = (.all, .all, [], [])
      return
    }
    writes = Self.side(selectors, readOnly: false)
    reads = Self.side(selectors, readOnly: true)
    data =
      selectors.classic.flatMap(DataCoverage.list)
      + selectors.advanced.filter { $0.category == "Data" }.map(DataCoverage.init)
    otherCategories = Set(
      selectors.advanced.compactMap(\.category).filter { $0 != "Management" && $0 != "Data" }
    ).sorted()
  }

  private static func side(_ selectors: EventSelectors, readOnly: Bool) -> Side {
    let refused = readOnly ? "WriteOnly" : "ReadOnly"
    let classic = selectors.classic
      .filter { $0.includesManagementEvents && $0.readWriteType != refused }
      .map {
        $0.excludedManagementSources.isEmpty ? Side.all : .except($0.excludedManagementSources)
      }
    let advanced = selectors.advanced
      .filter { $0.category == "Management" && $0.takes(readOnly: readOnly) }
      .map(side)
    return together(classic + advanced)
  }

  private static func side(_ selector: EventSelectors.Advanced) -> Side {
    let conditions = selector.fields.filter {
      $0.field != "eventCategory" && $0.field != "readOnly"
    }
    if conditions.isEmpty { return .all }
    let isExcluding = conditions.allSatisfy {
      $0.equals.isEmpty && $0.startsWith.isEmpty && $0.endsWith.isEmpty
    }
    return isExcluding
      ? .except(conditions.flatMap(\.exclusions)) : .only(conditions.map(\.inWords))
  }

  /// An event is kept if one of the selectors keeps it: what all of them exclude is not.
  private static func together(_ sides: [Side]) -> Side {
    if sides.contains(.all) { return .all }
    let excluding = sides.compactMap { side -> Set<String>? in
      if case .except(let names) = side { Set(names) } else { nil }
    }
    if let first = excluding.first {
      let common = excluding.dropFirst().reduce(first) { $0.intersection($1) }
      return common.isEmpty ? .all : .except(common.sorted())
    }
    let only = sides.flatMap { side -> [String] in
      if case .only(let words) = side { words } else { [] }
    }
    return only.isEmpty ? .none : .only(Set(only).sorted())
  }
}

extension EventSelectors.Field {
  /// What is passed over: the plain value where the event source is meant, as people know it.
  fileprivate var exclusions: [String] {
    let head = field == "eventSource" ? "" : "\(field) "
    return notEquals.map { head + $0 } + notStartsWith.map { "\(field) from \($0)" }
      + notEndsWith.map { "\(field) ending \($0)" }
  }

  fileprivate var inWords: String {
    let parts =
      equals + startsWith.map { "\($0)*" } + endsWith.map { "*\($0)" }
      + (notEquals + notStartsWith + notEndsWith).map { "not \($0)" }
    return "\(field) \(parts.joined(separator: "|"))"
  }
}

/// What one selector keeps of data events.
struct DataCoverage: Hashable, Sendable {
  /// `AWS::S3::Object`; nil for every type.
  var type: String?
  /// ARNs, or what they begin with; empty: all of the type.
  var prefixes: [String] = []
  var exact: [String] = []
  var keepsReads = true
  var keepsWrites = true
  /// Conditions besides type and ARN.
  var isNarrowed = false

  static func list(_ selector: EventSelectors.Classic) -> [DataCoverage] {
    selector.dataResources.map { resource in
      // `arn:aws:s3`, `arn:aws:lambda`, `arn:aws:dynamodb`: all that the account has.
      let isAll = resource.values.contains { $0.split(separator: ":").count <= 3 }
      return DataCoverage(
        type: resource.type, prefixes: isAll ? [] : resource.values,
        keepsReads: selector.readWriteType != "WriteOnly",
        keepsWrites: selector.readWriteType != "ReadOnly",
        isNarrowed: resource.values.isEmpty)
    }
  }

  init(
    type: String?, prefixes: [String] = [], exact: [String] = [], keepsReads: Bool = true,
    keepsWrites: Bool = true, isNarrowed: Bool = false
  ) {
    self.type = type
    self.prefixes = prefixes
    self.exact = exact
    self.keepsReads = keepsReads
    self.keepsWrites = keepsWrites
    self.isNarrowed = isNarrowed
  }

  init(_ selector: EventSelectors.Advanced) {
    type = selector.fields.first { $0.field == "resources.type" }?.equals.first
    keepsReads = selector.takes(readOnly: true)
    keepsWrites = selector.takes(readOnly: false)
    let arns = selector.fields.filter { $0.field == "resources.ARN" }
    prefixes = arns.flatMap(\.startsWith)
    exact = arns.flatMap(\.equals)
    let known: Set<String> = ["eventCategory", "readOnly", "resources.type", "resources.ARN"]
    isNarrowed =
      selector.fields.contains { !known.contains($0.field) }
      || arns.contains {
        !$0.notEquals.isEmpty || !$0.notStartsWith.isEmpty || !$0.notEndsWith.isEmpty
          || !$0.endsWith.isEmpty
      }
  }

  /// Whether all that an ARN, or its prefix, names is in reach.
  func reaches(_ arn: String) -> Bool {
    if let type, let wanted = Self.type(of: arn), type != wanted { return false }
    if prefixes.isEmpty, exact.isEmpty { return true }
    // A bucket's objects are meant where the bucket is named.
    let names = arn.contains(":s3:::") && !arn.contains("/") ? [arn + "/"] : [arn]
    return names.contains { name in
      exact.contains(name) || exact.contains(arn) || prefixes.contains { name.hasPrefix($0) }
    }
  }

  private static func type(of arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 2 else { return nil }
    switch parts[2] {
    case "s3": return "AWS::S3::Object"
    case "lambda": return "AWS::Lambda::Function"
    case "dynamodb": return "AWS::DynamoDB::Table"
    default: return nil
    }
  }

  /// `AWS::S3::Object in a, b (writes only)`
  var inWords: String {
    let places = (prefixes + exact).map { value in
      value.split(whereSeparator: { $0 == ":" || $0 == "/" }).last.map(String.init) ?? value
    }
    let place =
      places.isEmpty
      ? "" : " in " + places.prefix(3).joined(separator: ", ") + (places.count > 3 ? " …" : "")
    let side = keepsReads && keepsWrites ? "" : keepsWrites ? " (writes only)" : " (reads only)"
    return "\(type ?? "all types")\(place)\(side)\(isNarrowed ? " (in part)" : "")"
  }
}
