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
  var response: JSONValue?
  /// Twelve digits of the account whose record it is.
  var account: String?
  /// ARNs that the record lists besides its parameters.
  var resources: [String] = []
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
    id = event.eventID.cut(Self.fieldLimit)
    service = event.eventSource ?? record?.eventSource
    isByService = Self.isService(identity, source: record?.sourceIPAddress)
    parameters = record?.requestParameters
    response = record?.responseElements
    account = Self.field(record?.recipientAccountID)
    resources = (record?.whole["resources"]?.array ?? []).prefix(16).compactMap {
      ($0["ARN"] ?? $0["arn"])?.string
    }
    raw = (event.text ?? "").cut(Self.rawLimit)
    cause = Cause(
      actor: ActorName.of(identity, fallback: event.userName).cut(128),
      action: (event.eventName ?? record?.eventName ?? "unnamed").cut(128),
      region: (record?.awsRegion ?? region).cut(64), at: at,
      from: Self.field(record?.sourceIPAddress), agent: Self.field(record?.userAgent),
      identity: Self.field(identity?.arn), event: id, error: Self.field(record?.errorCode))
  }

  /// A service by its own account of itself: userIdentity's type or invokedBy, or the address.
  private static func isService(_ identity: UserIdentity?, source: String?) -> Bool {
    if identity?.type == "AWSService" { return true }
    if let invokedBy = identity?.invokedBy, !invokedBy.isEmpty { return true }
    guard let source else { return false }
    return source.hasSuffix(".amazonaws.com") || source.hasSuffix(".amazonaws.com.cn")
      || source == "AWS Internal"
  }

  private static func field(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    return text.cut(fieldLimit)
  }

  /// Its parameters were left out since they are too large: CloudTrail then tells only how large.
  var isOmitted: Bool {
    parameters?["omitted"]?.bool == true || parameters?["requestParametersOmitted"]?.bool == true
  }

  /// Whether the table has its action: then it is kept whole.
  var isTamper: Bool {
    TamperTable.row(service, cause.action) != nil || TamperTable.isEvasion(self)
  }

  /// The same without what only a change needs: these are kept by the thousand.
  var slim: AuditRecord {
    var slim = self
    slim.parameters = nil
    slim.response = nil
    slim.resources = []
    slim.raw = ""
    return slim
  }
}

extension String {
  /// At most so many Unicode scalars of it, without credentials.
  func cut(_ scalars: Int) -> String {
    let text = masked
    guard text.utf8.count > scalars else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(scalars)))
  }
}
