/// The command line, read strictly: an option that a command does not have is an error.
struct Arguments {
  let command: String?
  let words: [String]
  private let options: [String: String]

  /// Options that take a value, and those that take none.
  private static let valued: Set<String> = [
    "--config", "--state", "--speed", "--haste", "--patience", "--clock", "--theme", "--output",
    "--until", "--reason", "--only",
    "--trust", "--external-id", "--format", "--account", "--allow-role", "--profile",
    "--for", "--from", "--to", "--source", "--at", "--why",
    "--after", "--since",
  ]
  private static let plain: Set<String> = [
    "--help", "--version", "--json", "--plain", "--ascii", "--crash", "--noise", "--stalls",
    "--dot", "--offline",
    "--no-mfa", "--boundary", "--print-unit", "--dry-run", "--plugin", "--prometheus",
    "--follow",
  ]
  /// May stand more than once.
  private static let repeated: Set<String> = ["--allow-role"]

  /// The options of each command, besides `--help`.
  private static let known: [String: Set<String>] = [
    "": ["--version", "--config", "--state", "--theme", "--ascii", "--plain", "--why"],
    "demo": [
      "--state", "--speed", "--haste", "--clock", "--theme", "--ascii", "--plain", "--crash",
      "--noise", "--stalls",
    ],
    "watch": ["--config", "--state", "--print-unit", "--why"],
    "check": ["--config", "--state", "--json", "--plugin", "--only", "--patience"],
    "checklist": ["--config", "--state", "--json"],
    "status": ["--config", "--state", "--json", "--plugin", "--prometheus"],
    "journal": [
      "--config", "--state", "--json", "--output", "--format", "--after", "--since", "--follow",
    ],
    "config": ["--config"],
    "graph": ["--config", "--state", "--dot"],
    "policy": [
      "--config", "--state", "--trust", "--external-id", "--format", "--account", "--offline",
      "--output",
    ],
    "guard": [
      "--config", "--state", "--allow-role", "--no-mfa", "--boundary", "--format", "--account",
      "--offline",
      "--output",
    ],
    "init": ["--profile", "--output", "--config", "--account"],
    "baseline": ["--config", "--state", "--until", "--reason"],
    "planned": ["--config", "--state", "--from", "--to", "--source"],
    "load": ["--config", "--state", "--json"],
    "mute": ["--config", "--state", "--for", "--reason"],
    "channels": ["--config", "--state", "--dry-run"],
    "roles": ["--config", "--state", "--at"],
    "expectations": ["--config", "--state", "--at"],
    "measure": ["--state"], "restore": [], "docs": [], "help": [],
  ]

  init(_ arguments: [String]) throws(UsageError) {
    var words: [String] = []
    var options: [String: String] = [:]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-"), argument != "-" else {
        words.append(argument)
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.longName(String(parts[0]))
      if Self.plain.contains(name), parts.count == 1 {
        options[name] = ""
      } else if Self.valued.contains(name) {
        guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst(), !value.isEmpty
        else { throw .noValue(name) }
        let before = Self.repeated.contains(name) ? options[name] : nil
        options[name] = before.map { "\($0)\n\(value)" } ?? value
      } else {
        throw .unknownOption(argument)
      }
    }
    command = words.first
    self.words = Array(words.dropFirst())
    self.options = options
    let allowed = Self.known[command ?? ""] ?? []
    for name in options.keys.sorted() where name != "--help" && !allowed.contains(name) {
      guard Self.known[command ?? ""] != nil else { break }
      throw .notHere(name, command)
    }
  }

  private static func longName(_ name: String) -> String {
    switch name {
    case "-h": "--help"
    case "-V": "--version"
    default: name
    }
  }

  func has(_ name: String) -> Bool { options[name] != nil }
  func value(_ name: String) -> String? { options[name] }

  /// All values of an option that may be repeated.
  func values(_ name: String) -> [String] {
    options[name]?.split(separator: "\n").map(String.init) ?? []
  }

  /// Refuses options that the command has, and that do not go with its words.
  func takesNone(_ names: String..., with words: String) throws(UsageError) {
    for name in names where has(name) { throw .missing("\(name) does not go with \(words)") }
  }

  /// Refuses words that a command does not take.
  func takesWords(atMost count: Int) throws(UsageError) {
    guard words.count <= count else { throw .tooMany(words[count]) }
  }
}

/// A command line that cannot be run.
enum UsageError: Error {
  case unknownCommand(String)
  case unknownOption(String)
  case notHere(String, String?)
  case noValue(String)
  case badValue(String, String, String)
  case tooMany(String)
  case missing(String)

  var text: String {
    let what: String
    switch self {
    case .unknownCommand(let name):
      let near = Nearest.word(to: name, in: Usage.commands).map { "; did you mean \($0)?" } ?? ""
      what = "there is no command \(name)\(near)"
    case .unknownOption(let name): what = "there is no option \(name)"
    case .notHere(let name, let command):
      what = "\(name) is no option of \(command.map { "watchkeeper \($0)" } ?? "the console")"
    case .noValue(let name): what = "\(name) needs a value"
    case .badValue(let name, let value, let wanted): what = "\(name) \(value): \(wanted)"
    case .tooMany(let word): what = "\(word) is one word too many"
    case .missing(let what_): what = what_
    }
    return "\(what). watchkeeper --help lists what there is."
  }
}

/// The nearest known word, for a slip of the fingers.
enum Nearest {
  static func word(to word: String, in words: [String]) -> String? {
    let near = words.map { ($0, distance(Array(word), Array($0))) }.min { $0.1 < $1.1 }
    guard let near, near.1 <= 2 else { return nil }
    return near.0
  }

  /// Levenshtein's distance.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard a.count < 40, b.count < 40 else { return .max }
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
