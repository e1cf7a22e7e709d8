import Glibc

/// How a process ended.
public enum ProcessEnding: Sendable, Equatable {
  case exited(Int32)
  case signalled(Int32)

  /// From wait(2)'s status.
  init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }

  /// Nil while the process runs; waits if told. Asked again after an answer, it is `.exited(-1)`:
  /// somebody else has taken the status.
  static func of(_ child: pid_t, waiting: Bool) -> ProcessEnding? {
    var status: Int32 = 0
    while true {
      let answer = waitpid(child, &status, waiting ? 0 : WNOHANG)
      if answer == child { return ProcessEnding(status: status) }
      if answer == 0 { return nil }
      if errno != EINTR { return .exited(-1) }
    }
  }
}
