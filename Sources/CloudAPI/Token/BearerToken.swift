import Foundation

/// A token that opens one audience for whoever carries it (RFC 6750).
public struct BearerToken: Sendable, Equatable {
  public var text: Secret
  /// UTC; nil when nothing was said.
  public var expires: Date?
  /// Where it came from, for people: `client secret`, `metadata server`.
  public var source: String

  public init(text: Secret, expires: Date?, source: String) {
    self.text = text
    self.expires = expires
    self.source = source
  }

  /// No control characters and nothing beyond ASCII: a token must not add headers of its own.
  static func isUsable(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
  }
}
