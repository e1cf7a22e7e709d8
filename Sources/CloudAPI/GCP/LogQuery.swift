import Foundation

/// What entries are looked for, as a filter of the Logging query language. Values from outside are
/// always quoted: a name can never become part of the question.
public struct LogQuery: Sendable, Equatable {
  /// The logs of Cloud Audit Logs ("Cloud Audit Logs overview").
  public enum AuditLog: String, Sendable, Hashable, CaseIterable {
    case activity
    case dataAccess = "data_access"
    case systemEvent = "system_event"
    case policy
    case accessTransparency = "access_transparency"

    /// Not percent-encoded.
    public var logID: String { "cloudaudit.googleapis.com/\(rawValue)" }

    /// Readers without a permission of its own are shown none of its entries, and not told.
    public var isPrivate: Bool { self == .dataAccess || self == .accessTransparency }
  }

  public private(set) var clauses: [String] = []
  /// Without `logging.privateLogEntries.list` the answer means nothing.
  public var readsPrivate = false

  /// The whole filter.
  public var filter: String { clauses.joined(separator: " AND ") }

  /// - Parameters:
  ///   - logIDs: not percent-encoded (`cloudaudit.googleapis.com/activity`); at least one.
  ///   - since, until: of the entries' `timestamp`, whole seconds, UTC; `until` is not included.
  public init(logIDs: [String], since: Date?, until: Date? = nil) {
    // By NOT, OR, AND the language binds: alternatives stand in parentheses all the same.
    anyOf(logIDs.map { "log_id(\(Self.quoted($0)))" })
    if let since { clauses.append("timestamp>=\(Self.quoted(TimeText.iso8601(since)))") }
    if let until { clauses.append("timestamp<\(Self.quoted(TimeText.iso8601(until)))") }
    let privateIDs = AuditLog.allCases.filter(\.isPrivate).map(\.logID)
    readsPrivate = logIDs.contains { privateIDs.contains($0) }
  }

  public init(logs: [AuditLog], since: Date?, until: Date? = nil) {
    self.init(logIDs: logs.map(\.logID), since: since, until: until)
  }

  /// Only entries where the field (such as `protoPayload.methodName`, not from outside) has one of
  /// these values.
  public mutating func require(_ field: String, in values: [String]) {
    anyOf(values.map { "\(field)=\(Self.quoted($0))" })
  }

  /// A clause in the language itself, such as a user's filter: it stands in parentheses.
  public mutating func also(_ filter: String) {
    clauses.append("(\(filter))")
  }

  private mutating func anyOf(_ alternatives: [String]) {
    guard let first = alternatives.first else { return }
    clauses.append(
      alternatives.count == 1 ? first : "(\(alternatives.joined(separator: " OR ")))")
  }

  static func quoted(_ text: String) -> String {
    let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
