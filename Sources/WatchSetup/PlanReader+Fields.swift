import WatchCore

/// An object's members by key.
struct Fields {
  var members: [String: JSON5Member]
  var place: TextPlace

  /// Nil for a member that is not there, or null.
  subscript(_ key: String) -> JSON5Member? {
    guard let member = members[key], member.value.content != .null else { return nil }
    return member
  }
}

extension PlanReader {
  /// The members of an object; a problem for every key that is not known there.
  mutating func fields(_ value: JSON5Value, _ what: String, _ known: [String]) -> Fields? {
    guard let members = object(value, what) else { return nil }
    for member in members where !known.contains(member.key) {
      if Secrets.isHidden(member, in: what) { continue }
      problem(
        member.place, "\(named(member.key)) is not known here", Nearest.advice(member.key, known))
    }
    let pairs = members.map { ($0.key, $0) }
    return Fields(members: Dictionary(pairs) { first, _ in first }, place: value.place)
  }

  mutating func object(_ value: JSON5Value, _ what: String) -> [JSON5Member]? {
    if case .object(let members) = value.content { return members }
    problem(value.place, "\(what) is \(value.kind)", "write an object, { … }")
    return nil
  }

  mutating func list(_ value: JSON5Value, _ what: String) -> [JSON5Value]? {
    if case .array(let items) = value.content { return items }
    problem(value.place, "\(what) is \(value.kind)", "write a list, [ … ]")
    return nil
  }

  /// A text that is not empty and holds no control characters.
  mutating func text(_ value: JSON5Value, _ what: String) -> String? {
    guard case .string(let text) = value.content else {
      problem(value.place, "\(what) is \(value.kind)", "write a text in quotes")
      return nil
    }
    if text.isEmpty {
      problem(value.place, "\(what) is empty", "write it, or leave the key out")
      return nil
    }
    if text.plainLine != text || text.utf8.count > 2048 {
      problem(
        value.place, "\(what) holds characters that do not show, or is too long",
        "write plain text on one line")
      return nil
    }
    return text
  }

  mutating func text(_ fields: Fields, _ key: String) -> String? {
    fields[key].flatMap { text($0.value, key) }
  }

  /// A text that must be there.
  mutating func required(_ fields: Fields, _ key: String, example: String) -> String? {
    guard let member = fields[key] else {
      problem(fields.place, "\(key) is missing", "add \(key): \"\(example)\"")
      return nil
    }
    return text(member.value, key)
  }

  mutating func bool(_ fields: Fields, _ key: String) -> Bool? {
    guard let value = fields[key]?.value else { return nil }
    if case .bool(let answer) = value.content { return answer }
    problem(value.place, "\(key) is \(value.kind)", "write true or false")
    return nil
  }

  /// A list of texts, each once.
  mutating func texts(_ value: JSON5Value, _ what: String) -> [(text: String, place: TextPlace)] {
    var found: [(text: String, place: TextPlace)] = []
    for item in list(value, what) ?? [] {
      guard let text = text(item, "an item of \(what)") else { continue }
      if found.contains(where: { $0.text == text }) {
        problem(item.place, "\(named(text)) stands twice in \(what)", "keep one")
      } else {
        found.append((text, item.place))
      }
    }
    return found
  }

  /// A name: no white space, no slash, at most 64 characters.
  func isName(_ text: String) -> Bool {
    text.count <= 64
      && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "/" }
  }
}
