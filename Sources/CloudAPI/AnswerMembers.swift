import Foundation

/// Reads the members of one JSON object of an answer. A missing or null member is nil; a member
/// of another kind than documented makes the whole answer unreadable.
struct AnswerMembers<Answer: CloudAnswer> {
  let answer: Answer
  let value: JSONValue
  /// How this object is called in messages: empty for the top level.
  var name = ""

  private func wrong(_ member: String, _ wanted: String) -> Answer.Failure {
    let path = name.isEmpty ? member : "\(name).\(member)"
    let kind = value[member]?.kind ?? "missing"
    return answer.unreadable("\(path) is \(kind), not \(wanted)")
  }

  private func member(_ name: String) -> JSONValue? {
    guard let found = value[name], !found.isNull else { return nil }
    return found
  }

  /// Nil for an empty string too.
  func text(_ name: String) throws(Answer.Failure) -> String? {
    guard let found = member(name) else { return nil }
    guard let text = found.string else { throw wrong(name, "a string") }
    return text.isEmpty ? nil : text
  }

  func needText(_ name: String) throws(Answer.Failure) -> String {
    guard let text = try text(name) else { throw wrong(name, "a string") }
    return text
  }

  func flag(_ name: String) throws(Answer.Failure) -> Bool? {
    guard let found = member(name) else { return nil }
    guard let flag = found.bool else { throw wrong(name, "a boolean") }
    return flag
  }

  func needFlag(_ name: String) throws(Answer.Failure) -> Bool {
    guard let flag = try flag(name) else { throw wrong(name, "a boolean") }
    return flag
  }

  /// Seconds since 1970 as a number, or ISO 8601 text; an empty string is nil.
  func time(_ name: String) throws(Answer.Failure) -> Date? {
    guard let found = member(name) else { return nil }
    if found.string == "" { return nil }
    if let seconds = found.number, (-62_135_596_800...253_402_300_799).contains(seconds) {
      return Date(timeIntervalSince1970: seconds)
    }
    guard let date = found.string.flatMap({ TimeText.iso8601($0) }) else {
      throw wrong(name, "a time")
    }
    return date
  }

  /// Milliseconds since 1970, as CloudWatch Logs counts them.
  func millis(_ name: String) throws(Answer.Failure) -> Date? {
    guard let found = member(name) else { return nil }
    guard let millis = found.number, (-62_135_596_800_000...253_402_300_799_000).contains(millis)
    else { throw wrong(name, "a time in milliseconds") }
    return Date(timeIntervalSince1970: millis / 1_000)
  }

  /// As sent, whatever its kind: for members that are only shown.
  func raw(_ name: String) -> String? {
    guard let found = member(name) else { return nil }
    let text = PlainLine.make(found.string ?? found.text, limit: 200)
    return text.isEmpty ? nil : text
  }

  func list(_ name: String) throws(Answer.Failure) -> [JSONValue]? {
    guard let found = member(name) else { return nil }
    guard let list = found.array else { throw wrong(name, "an array") }
    return list
  }

  func needList(_ name: String) throws(Answer.Failure) -> [JSONValue] {
    guard let list = try list(name) else { throw wrong(name, "an array") }
    return list
  }

  func texts(_ name: String) throws(Answer.Failure) -> [String] {
    var texts: [String] = []
    for element in try list(name) ?? [] {
      guard let text = element.string else { throw wrong(name, "an array of strings") }
      texts.append(text)
    }
    return texts
  }

  /// The object that a member is.
  func object(_ name: String) throws(Answer.Failure) -> AnswerMembers? {
    guard let found = member(name) else { return nil }
    guard found.members != nil else { throw wrong(name, "an object") }
    return AnswerMembers(answer: answer, value: found, name: name)
  }

  func needObject(_ name: String) throws(Answer.Failure) -> AnswerMembers {
    guard let found = try object(name) else { throw wrong(name, "an object") }
    return found
  }

  /// The objects of an array member; empty when the member is missing.
  func objects(_ name: String) throws(Answer.Failure) -> [AnswerMembers] {
    var objects: [AnswerMembers] = []
    for element in try list(name) ?? [] {
      guard element.members != nil else { throw wrong(name, "an array of objects") }
      objects.append(AnswerMembers(answer: answer, value: element, name: name))
    }
    return objects
  }

  /// A whole number, not negative.
  func count(_ name: String) throws(Answer.Failure) -> Int? {
    guard let number = try number(name) else { return nil }
    guard let count = Int(exactly: number), count >= 0 else {
      throw answer.unreadable("\(name) is not a whole number")
    }
    return count
  }

  func number(_ name: String) throws(Answer.Failure) -> Double? {
    guard let found = value[name], !found.isNull else { return nil }
    guard let number = found.number else {
      throw answer.unreadable("\(name) is \(found.kind), not a number")
    }
    return number
  }
}

/// An object of an AWS answer.
typealias JSONMembers = AnswerMembers<AWSAnswer>
