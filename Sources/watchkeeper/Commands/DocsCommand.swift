import WatchConsole
import WatchCore
import WatchEngine
import WatchSetup

/// `watchkeeper docs keys | failures | posture | runbooks | schema`: prints the generated pages of docs/; the
/// list of runbooks, or one of them with the values that are given.
enum DocsCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    guard arguments.words.first == "runbooks" else { return try page(arguments) }
    let places = try Places(arguments, Surroundings())
    let found = Resources(configurationFolder: places.configurationFolder).runbooks()
    found.problems.forEach(Printer.error)
    let words = arguments.words.dropFirst()
    if let name = words.first {
      guard let runbook = found.runbooks[name] else {
        throw UsageError.missing("there is no runbook \(name.plainLine)")
      }
      let values = try RunbookText.values(Array(words.dropFirst()))
      Printer.page(RunbookText.page(runbook, values))
    } else {
      RunbookText.list(Array(found.runbooks.values)).forEach(Printer.line)
    }
    return found.problems.isEmpty ? 0 : 1
  }

  private static func page(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 1)
    switch arguments.words.first {
    case "keys": Printer.page(KeysDocument.markdown)
    case "failures": Printer.page(FailureDocument.markdown)
    case "schema": Printer.bare(BoardSchema.json.pretty + "\n")
    case "posture": Printer.page(PostureDocument.markdown)
    default:
      throw UsageError.missing("docs needs one of: keys, failures, posture, runbooks, schema")
    }
    return 0
  }
}
