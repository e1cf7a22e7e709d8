import CloudAPI
import WatchCore

/// One event of Event history, as far as the probes need it. Everything in it was written by others:
/// any field may be missing, of a wrong type, huge or hostile.
struct AuditRecord: Sendable {
  var id: String
  var cause: Cause
  var service: String?
  /// Made by an AWS service, for itself or for somebody.
  var isByService: Bool
  /// Nil where missing, or where the record could not be read.
  var parameters: JSONValue?
  /// As received, at most ``rawLimit`` scalars.
  var raw: String

  /// Unicode scalars that are kept of one record.
  static let rawLimit = 8_000
  /// Unicode scalars that are kept of one field.
  private static let fieldLimit = 512

  /// Nil where the time is no time.
  /// - Parameter region: where it was looked up.
  init?(_ event: CloudTrailEvent, region: String) {
    guard let at = Timestamp(event.eventTime) else { return nil }
    let record = event.record
    let identity = record?.userIdentity
    id = Self.bounded(event.eventID)
    service = event.eventSource ?? record?.eventSource
    isByService = Self.isService(identity, source: record?.sourceIPAddress)
    parameters = record?.requestParameters
    raw = Self.bounded(event.text ?? "", Self.rawLimit)
    cause = Cause(
      actor: Self.bounded(ActorName.of(identity, fallback: event.userName), 128),
      action: Self.bounded(event.eventName ?? record?.eventName ?? "unnamed", 128),
      region: Self.bounded(record?.awsRegion ?? region, 64), at: at,
      from: Self.bounded(record?.sourceIPAddress), agent: Self.bounded(record?.userAgent),
      identity: Self.bounded(identity?.arn), event: id, error: Self.bounded(record?.errorCode))
  }

  /// A service by its own account of itself: userIdentity's type or invokedBy, or the address.
  private static func isService(_ identity: UserIdentity?, source: String?) -> Bool {
    if identity?.type == "AWSService" { return true }
    if let invokedBy = identity?.invokedBy, !invokedBy.isEmpty { return true }
    guard let source else { return false }
    return source.hasSuffix(".amazonaws.com") || source.hasSuffix(".amazonaws.com.cn")
      || source == "AWS Internal"
  }

  private static func bounded(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    return bounded(text, fieldLimit)
  }

  private static func bounded(_ text: String, _ limit: Int = fieldLimit) -> String {
    guard text.utf8.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
  }

  /// The same without what only a change needs: these are kept by the thousand.
  var slim: AuditRecord {
    var slim = self
    slim.parameters = nil
    slim.raw = ""
    return slim
  }
}
