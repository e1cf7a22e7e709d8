import Posix
import WatchCore
import WatchProbes

/// Runs a runbook's command as the operator typed it to confirm: by a POSIX shell, with the operator's
/// own environment and permissions, without a terminal, for two minutes at most.
enum RemedyRun {
  static let deadlineMillis = 120_000
  /// Characters of its output that the journal keeps.
  static let outputKept = 2_000

  static func run(_ remedy: Remedy, in session: ConsoleSession) async -> Remedy {
    session.demo != nil
      ? refuse(remedy) : await run(remedy, environment: session.surroundings.environment)
  }

  static func run(_ remedy: Remedy, environment: [String: String]) async -> Remedy {
    var remedy = remedy
    do throws(PosixError) {
      let outcome = try await ChildProcess.run(
        arguments: ["/bin/sh", "-e", "-c", remedy.command], environment: environment,
        deadlineMillis: deadlineMillis, outputLimit: 256 << 10)
      remedy.status = status(outcome.ending)
      remedy.output = said(outcome)
    } catch {
      (remedy.status, remedy.output) = (127, "the shell could not be started: \(error.reason)")
    }
    return remedy
  }

  /// In the demo there is nothing that a command could mend.
  static func refuse(_ remedy: Remedy) -> Remedy {
    var remedy = remedy
    (remedy.status, remedy.output) = (126, "not run: this is the demo, and its clouds are made up")
    return remedy
  }

  private static func status(_ ending: ChildProcess.Ending) -> Int {
    switch ending {
    case .exited(let status): Int(status)
    case .signalled(let signal): 128 + Int(signal)
    case .timedOut: 124
    case .tooMuchOutput, .cancelled: 125
    }
  }

  private static func said(_ outcome: ChildProcess.Outcome) -> String {
    let why: String
    switch outcome.ending {
    case .timedOut: why = "ended after two minutes. "
    case .tooMuchOutput: why = "ended: it said too much. "
    case .exited, .signalled, .cancelled: why = ""
    }
    let bytes = outcome.succeeded ? outcome.output : outcome.errorOutput + outcome.output
    let text = String(decoding: bytes.prefix(outputKept * 4), as: UTF8.self)
    return why + String(SecretMask.apply(text).prefix(outputKept))
  }
}
