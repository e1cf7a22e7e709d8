import Foundation
import WatchCore

/// A story of keys and what must follow: `scenario`, `size`, `keys`, `log`, `see`, `not`, and what
/// happens outside: `raise`, `clear`, `wait`, `paste`.
struct Script: CustomStringConvertible, Sendable {
  var name: String
  var steps: [Step]

  struct Step: Sendable {
    var line: Int
    var verb: String
    var words: [Word]
  }

  /// A word, or a text in quotes.
  enum Word: Hashable, Sendable {
    case plain(String)
    case quoted(String)

    var text: String {
      switch self {
      case .plain(let text), .quoted(let text): text
      }
    }
  }

  var description: String { name }

  static let all: [Script] = {
    let folder = Golden.folder.deletingLastPathComponent().appendingPathComponent("Scripts")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".script") }.sorted().compactMap { name in
      let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      return text.map { Script(name: name, text: $0) }
    }
  }()

  init(name: String, text: String) {
    self.name = name
    steps = text.components(separatedBy: "\n").enumerated().compactMap { index, line in
      let words = Self.words(line)
      guard let verb = words.first?.text, !verb.hasPrefix("#") else { return nil }
      return Step(line: index + 1, verb: verb, words: Array(words.dropFirst()))
    }
  }

  private static func words(_ line: String) -> [Word] {
    var words: [Word] = []
    for (index, part) in line.components(separatedBy: "\"").enumerated() {
      if index % 2 == 1 {
        words.append(.quoted(part.replacingOccurrences(of: "\\n", with: "\n")))
      } else {
        words += part.split(separator: " ").map { .plain(String($0)) }
      }
    }
    return words
  }
}
