import CloudAPI
import Crypto
import WatchCore

/// One event of the Activity Log, as far as the probes need it. Everything in it was written by others:
/// any field may be missing, huge or hostile.
struct ActivityRecord: Sendable {
  /// How far an operation had come.
  enum Stage: Int, Sendable, Comparable {
    /// Begun, and perhaps still under way.
    case begun
    case failed
    case done

    static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
  }

  /// Of this event alone.
  var id: String
  /// Of the act that it is part of: one operation on one thing for one request.
  var act: String
  var stage: Stage
  var at: Timestamp
  /// As sent.
  var operation: String
  var resource: AzureID?
  var category: String
  /// Who, as sent: a user's name, or an application's object id.
  var caller: String?
  var from: String?
  /// The application that called for the user.
  var application: String?
  /// What Azure says of a failure.
  var outcome: String?
  /// `requestbody` and `responsebody`, where the log kept them.
  var properties: [String: String]
  /// As received, bounded.
  var raw: String

  /// Unicode scalars that are kept of one record, and of one field.
  static let rawLimit = 8_000
  private static let fieldLimit = 512
  /// Bytes; a larger body is not read.
  private static let bodyLimit = 16 << 10

  init?(_ event: ActivityEvent) {
    guard let at = Timestamp(event.time) else { return nil }
    func field(_ text: String?) -> String? {
      text.flatMap { $0.isEmpty ? nil : PlainLine.make($0.cut(Self.fieldLimit), limit: 500) }
    }
    self.at = at
    operation = field(event.operation) ?? "unnamed"
    resource = event.resourceID.flatMap { AzureID($0) }
    category = field(event.category) ?? ""
    caller = field(event.caller)
    from = field(event.clientAddress)
    application = field(event.appID)
    stage = Self.stage(event.status)
    outcome = field(event.subStatus) ?? field(event.properties["statusCode"]) ?? field(event.status)
    properties = Self.bodies(event)
    let what = "\(operation.lowercased())|\(resource?.lowercased ?? "")"
    let mark = Hex.encode(SHA256.digest(Array(what.utf8))).prefix(16)
    // Without a correlation id nothing tells what belongs together: each event by itself.
    act = "\(field(event.correlationID) ?? event.eventDataID.map { $0.cut(80) } ?? at.iso):\(mark)"
    id = field(event.eventDataID) ?? "\(act) \(stage.rawValue) \(at.millis)"
    raw = Self.raw(event).cut(Self.rawLimit)
  }

  /// What was asked for and answered, where the log kept it; the rest is in ``raw``.
  private static func bodies(_ event: ActivityEvent) -> [String: String] {
    var bodies: [String: String] = [:]
    for (name, value) in event.properties {
      let name = name.lowercased()
      guard name == "requestbody" || name == "responsebody", value.utf8.count <= bodyLimit else {
        continue
      }
      bodies[name] = value
    }
    return bodies
  }

  private static func stage(_ status: String?) -> Stage {
    switch status?.lowercased().filter({ $0 != " " }) {
    case "started", "start", "accepted", "accept", "inprogress": .begun
    case "failed", "failure", "canceled", "cancelled", "error", "notstarted": .failed
    default: .done
    }
  }

  /// The members that the client keeps, as one JSON object named as Azure names them.
  private static func raw(_ event: ActivityEvent) -> String {
    let properties = event.properties.sorted { $0.key < $1.key }
      .map { JSON.Member($0.key, .string($0.value.cut(4_000))) }
    return JSON.facts([
      ("eventTimestamp", Timestamp(event.time).map { .string($0.iso) }),
      ("submissionTimestamp", event.submitted.flatMap { Timestamp($0) }.map { .string($0.iso) }),
      ("operationName", event.operation.map(JSON.string)),
      ("status", event.status.map(JSON.string)), ("subStatus", event.subStatus.map(JSON.string)),
      ("category", event.category.map(JSON.string)), ("caller", event.caller.map(JSON.string)),
      ("clientIpAddress", event.clientAddress.map(JSON.string)),
      ("method", event.method.map(JSON.string)), ("appid", event.appID.map(JSON.string)),
      ("resourceId", event.resourceID.map(JSON.string)),
      ("correlationId", event.correlationID.map(JSON.string)),
      ("operationId", event.operationID.map(JSON.string)),
      ("eventDataId", event.eventDataID.map(JSON.string)),
      ("tenantId", event.tenantID.map(JSON.string)),
      ("properties", properties.isEmpty ? nil : .object(properties)),
    ]).line
  }

  /// Whether the table has its action: then it is kept whole.
  var isTamper: Bool { AzureTamper.row(operation) != nil }

  /// The same without what only a change needs: these are kept by the thousand.
  var slim: ActivityRecord {
    var slim = self
    slim.properties = [:]
    slim.raw = ""
    return slim
  }

  /// Something that a person or program asked Azure to do: what an export owes a record of. Health,
  /// policy and scaling events are Azure's own.
  func isActivity(own: AzureIdentity?) -> Bool {
    guard category.isEmpty || category.lowercased() == "administrative", let caller else {
      return false
    }
    return !ActivityRecord.isOwn(caller, own)
  }

  /// Whether a caller is the watch itself.
  static func isOwn(_ caller: String, _ own: AzureIdentity?) -> Bool {
    [own?.objectID, own?.appID].compactMap { $0?.lowercased() }.contains(caller.lowercased())
  }
}
