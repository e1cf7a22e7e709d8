extension LoggingFilter.Node {
  func matches(_ entry: EventValue) -> RuleAnswer {
    switch self {
    case .everything: .yes
    case .all(let parts): .all(parts.map { $0.matches(entry) })
    case .any(let parts): .any(parts.map { $0.matches(entry) })
    case .not(let part): !part.matches(entry)
    case .test(let test): test.matches(entry)
    case .logID(let id): Self.hasLogID(entry, id)
    case .opaque: .unknown
    }
  }

  /// `logName` ends with the id, there percent-encoded.
  private static func hasLogID(_ entry: EventValue, _ id: String) -> RuleAnswer {
    switch entry["logName"] {
    case .any?: .unknown
    case .string(let name)?:
      // The id is written plainly here; encoded, it is another one.
      RuleAnswer(
        !id.contains("%2f")
          && name.lowercased().hasSuffix("/logs/" + id.replacing("/", with: "%2f")))
    default: .no
    }
  }
}

extension LoggingFilter.Test {
  func matches(_ entry: EventValue) -> RuleAnswer {
    if path.isEmpty { return anywhere(entry) }
    let found = Self.find(path[...], in: entry, of: .entry)
    // A comparison with what is not there fails, whatever it asks.
    guard !found.isEmpty else { return .no }
    return .any(found.map(holds))
  }

  /// All values that a path leads to; an array's elements each.
  private static func find(
    _ path: ArraySlice<String>, in value: EventValue, of part: EntryPart?
  ) -> [EventValue] {
    switch value {
    case .any: return [.any]
    case .array(let elements): return elements.flatMap { find(path, in: $0, of: part) }
    case .object(let members):
      guard let name = path.first else { return [value] }
      if let found = members[name] ?? part?.member(name, of: members) {
        return find(path.dropFirst(), in: found, of: part?.part(name))
      }
      // What we do not know of may be there all the same.
      return part.map { $0.knows(name) } == false ? [.any] : []
    case .null, .bool, .number, .string: return path.isEmpty ? [value] : []
    }
  }

  /// A restriction without a field: some value of the entry holds the text.
  private func anywhere(_ value: EventValue) -> RuleAnswer {
    switch value {
    case .any: .unknown
    case .array(let elements): .any(elements.map(anywhere))
    case .object(let members): .any(members.values.map(anywhere))
    case .string(let text): RuleAnswer(Self.contains(text, self.value))
    case .number(let text): RuleAnswer(text == self.value)
    case .bool(let flag): RuleAnswer(String(flag) == self.value.lowercased())
    case .null: .no
    }
  }

  private func holds(_ found: EventValue) -> RuleAnswer {
    if case .any = found { return .unknown }
    if check == .has, value == "*" { return found == .null ? .no : .yes }
    switch found {
    case .object, .array: return check == .has ? anywhere(found) : .no
    case .null, .any: return .no
    case .bool(let flag): return compare(String(flag))
    case .number(let text): return compareNumber(text)
    case .string(let text): return compare(text)
    }
  }

  private func compare(_ text: String) -> RuleAnswer {
    if path.count == 1, EntryPart.plain(path[0]) == "severity",
      let answer = compareSeverity(text)
    {
      return answer
    }
    switch check {
    case .equals: return RuleAnswer(text.lowercased() == value.lowercased())
    case .differs: return RuleAnswer(text.lowercased() != value.lowercased())
    case .has: return RuleAnswer(Self.contains(text, value))
    case .matches: return regex.map { RuleAnswer($0.finds(in: text)) } ?? .unknown
    case .matchesNot: return regex.map { RuleAnswer(!$0.finds(in: text)) } ?? .unknown
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let left = LoggingTime.millis(text), let right = LoggingTime.millis(value) else {
        return .unknown
      }
      return ordered(left, right)
    }
  }

  private func compareNumber(_ text: String) -> RuleAnswer {
    guard let left = Double(text), let right = Double(value) else {
      return check == .equals || check == .has ? .no : .unknown
    }
    return check == .has ? RuleAnswer(left == right) : ordered(left, right)
  }

  private func compareSeverity(_ text: String) -> RuleAnswer? {
    guard check != .matches, check != .matchesNot, let left = Self.severity(text),
      let right = Self.severity(value)
    else { return nil }
    return check == .has ? RuleAnswer(left == right) : ordered(left, right)
  }

  /// LogSeverity, by name or number.
  private static func severity(_ text: String) -> Int? {
    let names = [
      "DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY",
    ]
    return names.firstIndex(of: text.uppercased()).map { $0 * 100 } ?? Int(text)
  }

  private func ordered<Value: Comparable>(_ left: Value, _ right: Value) -> RuleAnswer {
    switch check {
    case .equals: RuleAnswer(left == right)
    case .differs: RuleAnswer(left != right)
    case .less: RuleAnswer(left < right)
    case .lessOrEqual: RuleAnswer(left <= right)
    case .greater: RuleAnswer(left > right)
    case .greaterOrEqual: RuleAnswer(left >= right)
    case .has, .matches, .matchesNot: .unknown
    }
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.lowercased().utf8), Array(part.lowercased().utf8))
    guard part.count <= text.count else { return false }
    guard let first = part.first else { return true }
    return (0...text.count - part.count).contains { at in
      text[at] == first && text[at..<at + part.count].elementsEqual(part)
    }
  }
}
