/// `watchkeeper`: the console on the configuration. Without one it says how to start.
enum ConsoleCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    guard try LiveSession.isConfigured(arguments) else {
      Printer.page(start)
      return 78
    }
    let session = try LiveSession.make(arguments)
    return try ScreenChoice.run(session, plain: arguments.has("--plain")) { _ in }
  }

  private static let start = """
    There is no configuration yet, so nothing is watched.
    To look around first: watchkeeper demo (made-up data, asks no cloud).
    To stand a real watch: write ~/.config/watchkeeper/watchkeeper.json5 as docs/configuration.md \
    shows, then: watchkeeper config check
    """
}
