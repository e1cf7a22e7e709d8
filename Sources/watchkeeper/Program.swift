import Posix
import WatchCore

/// From arguments to a subcommand; gives the exit status.
enum Program {
  static let version = "0.1.0"

  static func run(_ arguments: [String]) -> Int32 {
    Signals.ignoreBrokenPipe()
    let words = Array(arguments.dropFirst())
    do {
      return try dispatch(Arguments(words))
    } catch let error as UsageError {
      if isPlugin(words) {
        StatusForm.plugin.write(unknown: error.text)
        return 3
      }
      Printer.error(error.text)
      return 64
    } catch let error as ProgramError {
      Printer.error(error.text)
      return error.status
    } catch {
      Printer.error("\(error)")
      return 70
    }
  }

  /// Whether a monitoring system asks: it reads standard output, and takes 64 for no status at all.
  private static func isPlugin(_ words: [String]) -> Bool {
    words.contains(StatusForm.plugin.rawValue)
      && (words.contains("check") || words.contains("status"))
  }

  private static func dispatch(_ arguments: Arguments) throws -> Int32 {
    if arguments.has("--version") { return printed("watchkeeper \(version)") }
    if arguments.has("--help") || arguments.command == "help" { return printed(Usage.text) }
    switch arguments.command {
    case nil: return try ConsoleCommand.run(arguments)
    case "demo": return try DemoCommand.run(arguments)
    case "watch": return try WatchCommand.run(arguments)
    case "check": return try CheckCommand.run(arguments)
    case "checklist": return try ChecklistCommand.run(arguments)
    case "status": return try StatusCommand.run(arguments)
    case "journal": return try JournalCommand.run(arguments)
    case "config": return try ConfigCommand.run(arguments)
    case "graph": return try GraphCommand.run(arguments)
    case "baseline": return try BaselineCommand.run(arguments)
    case "policy": return try PolicyCommand.run(arguments)
    case "guard": return try GuardCommand.run(arguments)
    case "init": return try InitCommand.run(arguments)
    case "planned": return try PlannedCommand.run(arguments)
    case "load": return try LoadCommand.run(arguments)
    case "mute": return try MuteCommand.run(arguments)
    case "channels": return try ChannelsCommand.run(arguments)
    case "roles": return try RosterCommand.run(arguments)
    case "expectations": return try RosterCommand.expectations(arguments)
    case "restore": return try RestoreCommand.run(arguments)
    case "measure": return try MeasureCommand.run(arguments)
    case "docs": return try DocsCommand.run(arguments)
    case let other?: throw UsageError.unknownCommand(other)
    }
  }

  private static func printed(_ text: String) -> Int32 {
    Printer.page(text)
    return 0
  }
}

/// What stops the program, in one line: what is wrong, and what to do.
struct ProgramError: Error {
  var text: String
  /// As in sysexits.h: 65 bad data, 66 no input, 70 internal, 73 cannot create, 78 configuration.
  var status: Int32

  init(_ text: String, status: Int32 = 70) {
    self.text = text
    self.status = status
  }
}
