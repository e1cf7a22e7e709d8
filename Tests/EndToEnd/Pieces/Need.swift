import Foundation
import Posix
import TerminalTesting
import Testing

/// What a test of the whole program wants beside the source. Without it the test is skipped, with
/// the reason; where everything is required (`make test` says so) it runs, and fails.
enum Need: Sendable {
  case program, tmux, strace

  var isMet: Bool {
    switch self {
    case .program: FileManager.default.isExecutableFile(atPath: TerminalSession.watchkeeper)
    case .tmux: (try? ChildProcess.find("tmux", path: nil)) != nil
    case .strace: (try? ChildProcess.find("strace", path: nil)) != nil
    }
  }

  private var reason: Comment {
    switch self {
    case .program: "the program is not built: swift build makes .build/debug/watchkeeper"
    case .tmux: "tmux is not installed"
    case .strace: "strace is not installed"
    }
  }

  /// The trait that skips; `.program` is always meant too.
  var trait: ConditionTrait {
    let (met, program) = (isMet, Need.program.isMet)
    let all = Environment.value("WATCHKEEPER_REQUIRE_ALL") != nil
    return .enabled(if: all || (met && program), program ? reason : Need.program.reason)
  }
}
