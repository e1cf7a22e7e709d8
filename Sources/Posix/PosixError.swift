import Glibc

/// A system call that failed: which, on what, and why.
public struct PosixError: Error, Sendable, Equatable {
  /// The value of errno (errno(3)).
  public var code: Int32
  /// The name of the call, such as "open".
  public var call: String
  /// What it was about; nil when the call has no path.
  public var path: String?

  public init(code: Int32, call: String, path: String? = nil) {
    self.code = code
    self.call = call
    self.path = path
  }

  /// The system's own words for the code, such as "No space left on device".
  public var reason: String {
    // Thread-safe since glibc 2.32.
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }

  /// Whether the machine may have again in a moment what it lacks: processes, memory, open files; or the
  /// program is just being replaced.
  public var isPassing: Bool { [EAGAIN, ENOMEM, EMFILE, ENFILE, ETXTBSY].contains(code) }
}

extension PosixError: CustomStringConvertible {
  public var description: String {
    path.map { "\(call) \($0): \(reason)" } ?? "\(call): \(reason)"
  }
}

/// Runs a call that answers -1 for failure, again after EINTR; its answer or a `PosixError`.
@discardableResult
func check<Answer: SignedInteger>(
  _ call: String, _ path: String? = nil, _ body: () -> Answer
) throws(PosixError) -> Answer {
  while true {
    let answer = body()
    if answer != -1 { return answer }
    let code = errno
    if code != EINTR { throw PosixError(code: code, call: call, path: path) }
  }
}
