import Glibc

/// Runs another program, with limits on time and output.
public enum ChildProcess {
  /// Why the run was over.
  public enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// Killed by us, after the deadline.
    case timedOut
    /// Killed by us, when one of its outputs passed the limit.
    case tooMuchOutput
    /// Killed by us, because the waiting task was cancelled.
    case cancelled
  }

  public struct Outcome: Sendable, Equatable {
    public var ending: Ending
    /// Standard output and standard error up to the ending, each at most the limit.
    public var output: [UInt8]
    public var errorOutput: [UInt8]

    public init(ending: Ending, output: [UInt8] = [], errorOutput: [UInt8] = []) {
      self.ending = ending
      self.output = output
      self.errorOutput = errorOutput
    }

    public var succeeded: Bool { ending == .exited(0) }
  }

  /// Runs the program and waits for it, on a thread of its own.
  ///
  /// - Parameters:
  ///   - arguments: The program first: a path, or a name looked up in the PATH of `environment`.
  ///   - environment: All the child gets; nothing is passed on by itself.
  ///   - input: Its whole standard input.
  ///   - deadlineMillis: After that its process group gets SIGTERM and, a second later, SIGKILL.
  ///   - outputLimit: Bytes allowed on standard output, and again on standard error.
  /// - Throws: ENOENT or EACCES when there is no such program, and what pipe and spawn say. The
  ///   program's own failure is an outcome.
  ///
  /// The child has no controlling terminal: what would ask for a password there fails at once. It
  /// is not waited for grandchildren that keep its output open.
  public static func run(
    arguments: [String], environment: [String: String], input: [UInt8] = [],
    deadlineMillis: Int, outputLimit: Int = 1 << 20
  ) async throws(PosixError) -> Outcome {
    guard let name = arguments.first else {
      throw PosixError(code: EINVAL, call: "posix_spawn")
    }
    let path = try find(name, path: environment["PATH"])
    let spawn = Spawn(path: path, arguments: arguments, environment: environment, streams: [])
    let cancel = try WakePipe()
    let result = await withTaskCancellationHandler {
      await PosixThread.run(named: "child") {
        Result { () throws(PosixError) in
          var run = try ChildRun(
            spawn: spawn, input: input, outputLimit: outputLimit, cancel: cancel)
          return run.finish(deadlineMillis: deadlineMillis)
        }
      }
    } onCancel: {
      cancel.wake()
    }
    return try result.get()
  }

  /// The file a program name stands for: itself when it has a slash, otherwise the first executable
  /// of that name in `path` (by default the usual three directories).
  public static func find(_ name: String, path: String?) throws(PosixError) -> String {
    if name.contains("/") { return name }
    var code = ENOENT
    for directory in (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
      let candidate = "\(directory)/\(name)"
      var status = stat()
      guard stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      if access(candidate, X_OK) == 0 { return candidate }
      code = EACCES
    }
    throw PosixError(code: code, call: "posix_spawn", path: name)
  }
}
