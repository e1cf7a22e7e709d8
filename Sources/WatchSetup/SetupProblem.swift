import WatchCore

/// Something wrong, or worth saying, in a configuration file.
public struct SetupProblem: Hashable, Sendable {
  /// A warning leaves the file usable.
  public var isWarning: Bool
  /// Count from 1.
  public var line: Int
  public var column: Int
  /// What is wrong; what to do. On one line, without control characters and without any value that
  /// could be a secret.
  public var text: String

  /// `watchkeeper.json5:12:5: "trial" is not known here; did you mean "trail"?`
  public func line(file: String) -> String {
    "\(file.plainLine):\(line):\(column): \(isWarning ? "warning: " : "")\(text)"
  }
}
