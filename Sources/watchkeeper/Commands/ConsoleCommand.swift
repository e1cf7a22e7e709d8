enum ConsoleCommand {
  static func run(_ arguments: Arguments) throws -> Int32 { 0 }
}
enum LiveSession {
  static func make(_ arguments: Arguments) throws -> ConsoleSession { throw ProgramError("") }
}
