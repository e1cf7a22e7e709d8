import Foundation
import WatchCore
import WatchJournal
import WatchSetup

/// `watchkeeper journal verify | show | export`.
enum JournalCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    let surroundings = Surroundings()
    let folder = try Places(arguments, surroundings).stateFolder
    switch arguments.words.first {
    case "verify":
      try arguments.takesWords(atMost: 1)
      try takesNothing(arguments, "journal verify")
      return try verify(folder)
    case "show":
      try takesNothing(arguments, "journal show")
      return try show(folder, words: Array(arguments.words.dropFirst()))
    case "export":
      try arguments.takesWords(atMost: 1)
      if arguments.has("--format") {
        return try JournalLinesCommand(folder, arguments).run()
      }
      for other in ["--after", "--since", "--follow"] where arguments.has(other) {
        throw UsageError.missing("\(other) goes with journal export --format jsonl")
      }
      return try export(folder, arguments)
    case let other:
      throw UsageError.missing(
        "journal needs one of verify, show, export"
          + (other.map { " (and not \($0))" } ?? ""))
    }
  }

  /// Of all that an export is asked for.
  private static func takesNothing(
    _ arguments: Arguments, _ words: String
  ) throws(UsageError) {
    try arguments.takesNone(
      "--format", "--after", "--since", "--follow", "--output", "--json", with: words)
  }

  private static func verify(_ folder: StateFolder) throws -> Int32 {
    guard FileManager.default.fileExists(atPath: folder.journal) else {
      throw ProgramError(
        "there is no journal at \(folder.journal): nothing was verified", status: 66)
    }
    let verification = try JournalVerifier.verify(folder)
    for line in verification.lines { Printer.line(line) }
    return verification.isSound ? 0 : 1
  }

  /// Each word must stand in the line, without regard to case; `!word` must not.
  private static func show(_ folder: StateFolder, words: [String]) throws -> Int32 {
    let entries = try load(folder)
    let wanted = words.map { $0.lowercased() }
    Printer.line(JournalText.header)
    JournalText.each(entries) { line in
      let low = line.lowercased()
      let fits = wanted.allSatisfy { word in
        word.hasPrefix("!") ? !low.contains(word.dropFirst()) : low.contains(word)
      }
      if fits { Printer.line(line) }
    }
    return 0
  }

  private static func load(_ folder: StateFolder) throws -> [Entry] {
    try OperatorEntry.needsJournal(folder)
    return try Blocking.run { () async -> Result<[Entry], JournalError> in
      do throws(JournalError) {
        return .success(try await Journal(folder: folder).load())
      } catch {
        return .failure(error)
      }
    }.get()
  }

  private static func export(_ folder: StateFolder, _ arguments: Arguments) throws -> Int32 {
    guard let path = arguments.value("--output") else {
      throw UsageError.missing("journal export needs --output FILE")
    }
    let verification = try JournalVerifier.verify(folder)
    guard !verification.demo else {
      throw ProgramError("this journal was made by the demo: it is no evidence", status: 65)
    }
    let form: JournalExport.Form = arguments.has("--json") ? .array : .lines
    Printer.line(try JournalExport.write(folder, to: path, form: form))
    if !verification.isSound { Printer.error(verification.result) }
    return verification.isSound ? 0 : 1
  }
}
