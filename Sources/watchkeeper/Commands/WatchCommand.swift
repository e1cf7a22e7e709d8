import Foundation
import Glibc
import Posix
import WatchCore
import WatchEngine
import WatchSetup

/// `watchkeeper watch`: the watch as a service, without a screen. Lines go to standard output, what
/// stops it to standard error. SIGTERM and SIGINT end it with a last entry, SIGHUP reads the
/// configuration again.
enum WatchCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    if arguments.has("--print-unit") {
      let places = try Places(arguments, Surroundings())
      Printer.page(
        UnitDocument(
          program: Resources.executable() ?? "/usr/local/bin/watchkeeper",
          configuration: arguments.value("--config").map { _ in absolute(places.configuration) },
          state: arguments.value("--state").map { _ in absolute(places.state) }
        ).text)
      return 0
    }
    let signals = try WakePipe()
    try Signals.install([SIGTERM, SIGINT, SIGHUP], into: signals)
    let session = try LiveSession.make(arguments)
    let notice = NotifySocket(environment: session.surroundings.environment)
    let run = ServiceRun(session, notice: notice, mailbox: try Mailbox())
    return try follow(run, signals, arguments)
  }

  /// A unit has no working directory of its own.
  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  /// The main thread: news become lines, signals become what they ask for.
  private static func follow(
    _ run: ServiceRun, _ signals: WakePipe, _ arguments: Arguments
  ) throws -> Int32 {
    run.start()
    var teller = ChangeTeller(seq: nil)
    while true {
      _ = Poller.wait(
        [run.mailbox.pipe.readDescriptor, signals.readDescriptor], timeoutMillis: nil)
      _ = run.mailbox.pipe.drain()
      for letter in run.mailbox.take() {
        for line in teller.lines(letter, now: ProgramClock.system.now()) { Printer.line(line) }
      }
      if run.mailbox.isEnded {
        guard let failure = run.failure else { return 0 }
        throw failure
      }
      for number in signals.drain().map(Int32.init) {
        if number == SIGHUP {
          reload(run, arguments)
        } else {
          run.stop(saying: "ended by \(number == SIGTERM ? "SIGTERM" : "SIGINT")")
        }
      }
    }
  }

  /// A file with a problem changes nothing: the watch goes on as it was, and one line says why.
  private static func reload(_ run: ServiceRun, _ arguments: Arguments) {
    let now = ProgramClock.system.now().iso
    do {
      let session = try LiveSession.make(arguments, problems: .one)
      run.reload(session)
    } catch {
      Printer.error("\(now) the configuration was not taken, nothing has changed: \(error.text)")
    }
  }
}
