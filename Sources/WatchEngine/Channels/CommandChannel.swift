import CloudAPI
import Posix
import WatchCore

/// A command of the user's own: fixed arguments, the notification as JSON on its standard input. No
/// shell, and nothing of the notification among the arguments.
enum CommandChannel {
  static let deadlineMillis = 30_000
  static let outputLimit = 64 << 10

  static func input(_ notification: AlertNotification) -> [UInt8] {
    Array((notification.document.line + "\n").utf8)
  }

  /// 0: accepted, with the first line of its output as the id. 75 (EX_TEMPFAIL of sysexits.h): to be
  /// tried again. Any other: refused, with the first line of what it said of that.
  static func answer(_ outcome: ChildProcess.Outcome) -> ChannelAnswer {
    let said = firstLine(outcome.errorOutput) ?? firstLine(outcome.output)
    let why = said.map { ": \($0)" } ?? ""
    return switch outcome.ending {
    case .exited(0): accepted(outcome.output)
    case .exited(75): .failed("the command says: try again\(why)", retryAfter: nil)
    case .exited(let status): .refused("the command ended with status \(status)\(why)")
    case .signalled(let signal):
      .failed("the command was ended by signal \(signal)", retryAfter: nil)
    case .timedOut:
      .failed("the command took longer than \(deadlineMillis / 1_000) s", retryAfter: nil)
    case .tooMuchOutput: .refused("the command wrote more than \(outputLimit >> 10) KiB")
    case .cancelled: .failed("the command was stopped with the watch", retryAfter: nil)
    }
  }

  /// `{"id":…, "acknowledged_by":…}`, or the first line as it is.
  private static func accepted(_ output: [UInt8]) -> ChannelAnswer {
    guard let body = try? JSON(bytes: output), body.members != nil else {
      return .accepted(id: firstLine(output))
    }
    return ChannelAnswer.accepted(body).tidy
  }

  /// It could not be started: for want of what the machine may have again in a moment, or because it
  /// is not there.
  static func answer(_ error: PosixError) -> ChannelAnswer {
    let text = "the command cannot be started: \(error.reason)"
    return error.isPassing ? .failed(text, retryAfter: nil) : .unsent(text)
  }

  private static func firstLine(_ bytes: [UInt8]) -> String? {
    let line = bytes.prefix { $0 != 0x0A }
    let text = PlainLine.make(String(decoding: line, as: UTF8.self), limit: 120)
    return text.isEmpty ? nil : text
  }
}

/// Runs a program for a channel, behind one closure.
public struct ChannelProcess: Sendable {
  public var run:
    @Sendable (_ arguments: [String], _ input: [UInt8]) async throws(PosixError) ->
      ChildProcess.Outcome

  public init(
    run:
      @escaping @Sendable (_ arguments: [String], _ input: [UInt8]) async throws(PosixError) ->
      ChildProcess.Outcome
  ) {
    self.run = run
  }

  /// With PATH, HOME, LANG and LC_ALL of `environment` and nothing else: no secret of another
  /// channel's is handed on.
  public static func live(environment: [String: String]) -> ChannelProcess {
    let kept = environment.filter { ["PATH", "HOME", "LANG", "LC_ALL"].contains($0.key) }
    return ChannelProcess { arguments, input throws(PosixError) in
      try await ChildProcess.run(
        arguments: arguments, environment: kept, input: input,
        deadlineMillis: CommandChannel.deadlineMillis, outputLimit: CommandChannel.outputLimit)
    }
  }
}
