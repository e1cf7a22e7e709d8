import WatchSetup

/// `watchkeeper`: the console on the configuration. Without one it says how to start.
enum ConsoleCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    guard try LiveSession.isConfigured(arguments) else {
      let path = try Places(arguments, Surroundings()).configuration
      Printer.line("There is no configuration yet (\(path)), so nothing is watched.")
      Printer.page(start)
      return 78
    }
    let session = try LiveSession.make(arguments)
    return try ScreenChoice.run(session, plain: arguments.has("--plain")) { _ in }
  }

  private static let start = """
    To look around first: watchkeeper demo (made-up data, asks no cloud).
    To stand a real watch: write that file as docs/configuration.md shows, then: \
    watchkeeper config check
    """
}
