/// Why a file is not a runbook: everything that is wrong with it, in the order of its lines.
public struct RunbookError: Error, Hashable, Sendable {
  public var file: String
  public var problems: [Problem]

  /// One thing that is wrong, and the line (from 1) where it is.
  public struct Problem: Hashable, Sendable {
    public var line: Int
    public var kind: Kind
  }

  public enum Kind: Hashable, Sendable {
    case tooLong(limitInBytes: Int)
    case controlCharacter(Unicode.Scalar)
    case noHeader
    case headerNotClosed
    case unknownKey(String)
    case repeatedKey(String)
    case missingKey(String)
    case badCode(String)
    case outsideStep(String)
    case notAStep(String)
    case stepOutOfOrder(expected: Int, found: Int)
    case noSteps
    case unknownMark(String)
    case badMark(String, value: String)
    case stepNotThere(Int)
    case noClosingStep
    case closesTooEarly
    case fenceNotClosed
    case quoteNotClosed
    case placeholderNotClosed
    case unknownPlaceholder(String)
    case placeholderInQuotes(String)
  }
}

extension RunbookError: CustomStringConvertible {
  /// One line per problem: `file:line: what is wrong`.
  public var description: String {
    problems.map { "\(file):\($0.line): \($0.kind.sentence)" }.joined(separator: "\n")
  }
}

extension RunbookError.Kind {
  /// What is wrong, and what was expected.
  public var sentence: String {
    switch self {
    case .tooLong(let limit): "a runbook has at most \(limit) bytes"
    case .controlCharacter(let scalar): "control character \(Runbook.codePoint(scalar))"
    case .noHeader: "a runbook starts with a line of ---"
    case .headerNotClosed: "the header has no closing line of ---"
    case .unknownKey(let key): "unknown key '\(key)'; the header has title, codes, owner, role"
    case .repeatedKey(let key): "'\(key)' stands here for the second time"
    case .missingKey(let key): "the header lacks '\(key)'"
    case .badCode(let code): "'\(code)' is not a failure code such as aws.trail.stopped"
    case .outsideStep(let what): "\(what) before the first step"
    case .notAStep(let line): "'\(line)' is not a step; expected '## 1 Title'"
    case .stepOutOfOrder(let expected, let found):
      "step \(found) stands where step \(expected) belongs"
    case .noSteps: "no steps"
    case .unknownMark(let mark): "unknown mark '\(mark):'; known are good, bad, probe, close"
    case .badMark(let mark, let value):
      "'\(mark): \(value)' says nothing; see docs/runbook-format.md"
    case .stepNotThere(let number): "there is no step \(number) to go to"
    case .noClosingStep: "the last step must close the alert: '- close: yes'"
    case .closesTooEarly: "only the last step may close the alert"
    case .fenceNotClosed: "the command that starts here has no closing ```"
    case .quoteNotClosed: "a quote in this command is not closed"
    case .placeholderNotClosed: "'{{' without '}}'"
    case .unknownPlaceholder(let name):
      "unknown placeholder {{\(name)}}; known are \(RunbookValues.Name.list)"
    case .placeholderInQuotes(let name):
      "{{\(name)}} stands inside quotes: it brings its own, take it out of them"
    }
  }
}
