import CloudAPI

/// How Google Cloud's things may be called.
enum GoogleName {
  /// A project's id, with its domain where it is an old one: 6 to 30 small letters, digits, hyphens
  /// (Resource Manager API, `Project.projectId`). A number is none: logs are named by ids.
  static func isProject(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let id = parts.last, (6...30).contains(id.utf8.count) else {
      return false
    }
    let isID = id.utf8.allSatisfy { isSmall($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    let isDomain =
      parts.count == 1
      || parts[0].contains(".")
        && parts[0].utf8.allSatisfy {
          isSmall($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
    return isID && isDomain && id.utf8.first.map(isSmall) == true && !id.hasSuffix("-")
  }

  /// A folder's or an organization's number.
  static func isNumber(_ text: some StringProtocol) -> Bool {
    (1...20).contains(text.utf8.count) && text.utf8.allSatisfy(isDigit)
  }

  /// A sink's name: at most 100 letters, digits, `_ - .` (Logging API, `LogSink.name`); or Google's own
  /// `_Default`, which can be switched off. Nobody can change `_Required`.
  static func isSink(_ text: some StringProtocol) -> Bool {
    if text == LogSink.defaultName { return true }
    return (1...100).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy {
        $0.isWordOrDigit || $0 == "_" || $0 == "-" || $0 == "."
      } && text.unicodeScalars.first?.isWordOrDigit == true
  }

  /// A log-based metric's: at most 100 characters, no slash at its start (Logging API,
  /// `LogMetric.name`).
  static func isMetric(_ text: some StringProtocol) -> Bool {
    (1...100).contains(text.utf8.count) && !text.hasPrefix("/")
      && text.unicodeScalars.allSatisfy {
        $0.isWordOrDigit || "_-.,+!*',()%/".unicodeScalars.contains($0)
      }
  }

  /// `projects/P/subscriptions/S` (Pub/Sub API, `Subscription.name`).
  static func isSubscription(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "projects", parts[2] == "subscriptions",
      isProject(parts[1]), (3...255).contains(parts[3].utf8.count)
    else { return false }
    let name = parts[3]
    return !name.hasPrefix("goog")
      && name.unicodeScalars.allSatisfy {
        $0.isWordOrDigit || "-_.~+%".unicodeScalars.contains($0)
      }
      && name.unicodeScalars.first.map { $0.isWordOrDigit && !("0"..."9").contains($0) } == true
  }

  private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
