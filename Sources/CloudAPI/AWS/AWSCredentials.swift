import Foundation

/// Keys to sign with. Printing, dumping or interpolating them shows the key's id and nothing else.
public struct AWSCredentials: Sendable, Equatable {
  /// Public by design: AWS logs it in every event.
  public var accessKeyID: String
  public var secretAccessKey: Secret
  public var sessionToken: Secret?
  /// When they stop working; nil for keys that do not run out by themselves.
  public var expires: Date?
  /// Where they came from, in words for people: `environment`, `profile audit`, …
  public var source: String

  public init(
    accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil,
    expires: Date? = nil, source: String
  ) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.expires = expires
    self.source = source
  }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String {
    "AWSCredentials(\(PlainLine.make(accessKeyID, limit: 40)) from \(source))"
  }
  public var debugDescription: String { description }
}
