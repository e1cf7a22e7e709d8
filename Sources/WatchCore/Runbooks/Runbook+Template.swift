extension Runbook {
  /// Text with places for an alert's values: `{{region}}`, and in commands also
  /// `{{--profile profile}}`, an option that is dropped when there is no value.
  public struct Template: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
      case text(String)
      case value(RunbookValues.Name)
      case option(String, RunbookValues.Name)
    }

    var pieces: [Piece]

    /// The text for a person to read; a missing value stands as `<region?>`. Values are not judged
    /// here: as all text from outside, the result goes through the screen's sanitiser.
    public func text(with values: RunbookValues) -> String {
      var out = ""
      for piece in pieces {
        switch piece {
        case .text(let text): out += text
        case .value(let name), .option(_, let name): out += values[name] ?? "<\(name.rawValue)?>"
        }
      }
      return out
    }

    /// The text for a POSIX shell: each value is one word, whatever it holds, or is left out.
    public func command(with values: RunbookValues) -> Command {
      var command = Command(text: "", troubles: [])
      for piece in pieces {
        switch piece {
        case .text(let text): command.text += text
        case .value(let name): command.fill(name, with: values[name])
        case .option(let flag, let name):
          guard let value = values[name] else {
            while command.text.hasSuffix(" ") { command.text.removeLast() }
            continue
          }
          command.text += flag + " "
          command.fill(name, with: value)
        }
      }
      return command
    }
  }

  /// A command with an alert's values in it.
  public struct Command: Hashable, Sendable {
    /// One line. A value that is not there stands as `<region?>`, a refused one as `<region!>`.
    public var text: String
    public var troubles: [Trouble]

    /// Whether the command may be copied and run as it stands.
    public var canBeCopied: Bool { troubles.isEmpty }

    mutating func fill(_ name: RunbookValues.Name, with value: String?) {
      guard let value else {
        text += "<\(name.rawValue)?>"
        troubles.append(.missing(name))
        return
      }
      if let reason = Runbook.refusal(of: value) {
        text += "<\(name.rawValue)!>"
        troubles.append(.refused(name, reason))
      } else {
        text += Runbook.quoted(value)
      }
    }
  }

  /// Why a command cannot be copied.
  public enum Trouble: Hashable, Sendable {
    case missing(RunbookValues.Name)
    case refused(RunbookValues.Name, Refusal)

    /// For the line under the command.
    public var sentence: String {
      switch self {
      case .missing(let name): "not to be copied: \(name.rawValue) is not known"
      case .refused(let name, let reason): "not filled in: \(name.rawValue) \(reason.words)"
      }
    }
  }

  /// Why a value is not put into a command.
  public enum Refusal: Hashable, Sendable {
    case controlCharacter(Unicode.Scalar)
    case startsAsOption
    case namesFile
    case tooLong(bytes: Int)

    var words: String {
      switch self {
      case .controlCharacter(let scalar): "holds a control character, \(Runbook.codePoint(scalar))"
      case .startsAsOption: "starts with '-' and would be taken for an option"
      case .namesFile: "would make the AWS CLI read a file or an address"
      case .tooLong(let bytes): "has \(bytes) bytes"
      }
    }
  }
}
