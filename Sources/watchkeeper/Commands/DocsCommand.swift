import WatchConsole
import WatchCore

/// `watchkeeper docs keys | failures`: prints the generated pages of docs/.
enum DocsCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 1)
    switch arguments.words.first {
    case "keys": Printer.page(KeysDocument.markdown)
    case "failures": Printer.page(FailureDocument.markdown)
    default: throw UsageError.missing("docs needs one of: keys, failures")
    }
    return 0
  }
}
