import WatchSetup

/// `watchkeeper config check`: every problem at once, each with its place and what to do.
enum ConfigCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 2)
    guard arguments.words.first == "check" else {
      throw UsageError.missing("config needs the word check")
    }
    let path =
      try arguments.words.dropFirst().first
      ?? Places(arguments, Surroundings()).configuration
    let outcome = try LiveSession.read(path)
    for problem in outcome.problems { Printer.line(problem.line(file: path)) }
    guard outcome.errors.isEmpty, let plan = outcome.plan else { return 78 }
    Printer.line(
      "\(path): good. Sources \(plan.sources.count), accounts \(plan.accounts.count), "
        + "roles \(plan.roles.count)")
    return 0
  }
}
