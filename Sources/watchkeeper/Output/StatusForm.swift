import WatchCore
import WatchEngine

/// How `check` and `status` print what they found.
enum StatusForm: String, CaseIterable {
  case text
  case json = "--json"
  /// One line for a monitoring system.
  case plugin = "--plugin"
  /// Prometheus's text format.
  case prometheus = "--prometheus"

  init(_ arguments: Arguments) throws(UsageError) {
    let named = StatusForm.allCases.filter { arguments.has($0.rawValue) }
    guard named.count < 2 else {
      throw .missing("\(named.map(\.rawValue).joined(separator: " and ")): one of them is wanted")
    }
    self = named.first ?? .text
  }

  /// - Parameter more: lines that only a reader wants.
  func write(_ reading: StatusReading, more: [String] = []) {
    switch self {
    case .text:
      for line in BoardText.lines(reading.board, now: reading.now) + more { Printer.line(line) }
    case .json: Printer.json(BoardJSON.object(reading))
    case .plugin: Printer.line(PluginLine.line(reading))
    case .prometheus:
      Printer.bare(MetricsText.text(reading, version: Program.version))
    }
  }

  /// The exit status that goes with it. A demo proves nothing to whoever reads no more than the status.
  func exitStatus(_ board: Board) -> Int32 {
    switch self {
    case .plugin, .prometheus: board.demo == nil ? CheckVerdict.exitStatus(board) : 3
    case .text, .json: CheckVerdict.exitStatus(board)
    }
  }

  /// Nothing could be looked at: said on standard output, where monitoring systems read. Goes with exit
  /// status 3.
  func write(unknown why: String) {
    switch self {
    case .json: Printer.json(BoardJSON.unknown(why))
    case .plugin: Printer.line(PluginLine.unknown(why))
    case .text: Printer.line("nothing could be looked at: \(why)")
    case .prometheus:
      Printer.bare(MetricsText.unknown(version: Program.version))
      Printer.error("nothing could be looked at: \(why)")
    }
  }

  /// The same of an error; a wrong command line is for whoever called.
  func write(unknown error: any Error) throws(UsageError) -> Int32 {
    if let usage = error as? UsageError { throw usage }
    write(unknown: (error as? ProgramError)?.text ?? "\(error)")
    return 3
  }
}
