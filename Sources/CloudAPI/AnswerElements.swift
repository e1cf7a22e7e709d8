import Foundation

/// Reads the elements of one XML answer, or of a part of it. A missing element is nil; one whose
/// text is not what is documented makes the whole answer unreadable.
struct AnswerElements<Answer: CloudAnswer> {
  let answer: Answer
  let node: XMLNode

  private func wrong(_ name: String, _ wanted: String) -> Answer.Failure {
    let found = node.text(name).map { "\"\(PlainLine.make($0, limit: 40))\"" } ?? "missing"
    return answer.unreadable("\(node.name).\(name) is \(found), not \(wanted)")
  }

  /// Nil for an empty element too.
  func text(_ name: String) -> String? {
    guard let text = node.text(name), !text.isEmpty else { return nil }
    return text
  }

  func needText(_ name: String) throws(Answer.Failure) -> String {
    guard let text = text(name) else { throw wrong(name, "a text") }
    return text
  }

  func flag(_ name: String) throws(Answer.Failure) -> Bool? {
    guard let text = text(name) else { return nil }
    guard let flag = Bool(text.lowercased()) else { throw wrong(name, "true or false") }
    return flag
  }

  func needFlag(_ name: String) throws(Answer.Failure) -> Bool {
    guard let flag = try flag(name) else { throw wrong(name, "true or false") }
    return flag
  }

  /// A whole number, not negative.
  func count(_ name: String) throws(Answer.Failure) -> Int? {
    guard let text = text(name) else { return nil }
    guard let count = Int(text), count >= 0 else { throw wrong(name, "a whole number") }
    return count
  }

  func time(_ name: String) throws(Answer.Failure) -> Date? {
    guard let text = text(name) else { return nil }
    guard let date = TimeText.iso8601(text) else { throw wrong(name, "a time") }
    return date
  }

  /// One of the words that are documented.
  func needWord(_ name: String, of words: [String]) throws(Answer.Failure) -> String {
    guard let text = text(name), words.contains(text) else {
      throw wrong(name, words.joined(separator: " or "))
    }
    return text
  }

  subscript(_ name: String) -> AnswerElements? {
    node[name].map { AnswerElements(answer: answer, node: $0) }
  }

  func all(_ name: String) -> [AnswerElements] {
    node.all(name).map { AnswerElements(answer: answer, node: $0) }
  }
}

/// An element of an AWS answer.
typealias XMLMembers = AnswerElements<AWSAnswer>
