import CPosix
import Glibc

/// The environment as it was given to the program: nothing here changes it.
public enum Environment {
  /// The value of a variable; nil when it is not set, "" when it is set to nothing.
  public static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// All variables; of one that is there twice, the first counts as in getenv(3).
  public static var all: [String: String] {
    var values: [String: String] = [:]
    guard var entry = wk_environment() else { return values }
    while let text = entry.pointee {
      let parts = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, values[String(parts[0])] == nil {
        values[String(parts[0])] = String(parts[1])
      }
      entry += 1
    }
    return values
  }
}
