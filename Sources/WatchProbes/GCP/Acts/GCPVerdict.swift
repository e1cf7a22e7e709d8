import CloudAPI
import WatchCore

/// What an act does to the pipeline, as far as its record tells. What a settings' write comes to is for
/// the comparison with the baseline to say.
struct GCPVerdict: Sendable {
  var harm: PipelineChange.Harm
  var code: FailureCode?
  var lines: [String] = []

  private static let tampered: FailureCode = "gcp.pipeline.tampered"
  private static let silenced: FailureCode = "gcp.alertpath.silenced"

  /// - Parameter retention: days that records must be kept.
  mutating func judge(_ row: GCPTamper, _ audit: GoogleAuditRecord, retention: Int) {
    switch row.naming {
    case .sink: told(audit, "sink", ["filter", "destination", "disabled"])
    case .exclusions: told(audit, "exclusion", ["name", "filter", "disabled"])
    case .auditConfigs: judgeAuditConfigs(audit.auditConfigDeltas)
    case .settings: judgeSettings(audit)
    case .part(let kinds):
      if kinds.contains(.group) { judgeLogBucket(audit, retention) }
      if kinds.contains(.bucket) || kinds.contains(.topic) { judgeBindings(audit) }
      if row.stage == .detection || row.stage == .people { judgeAlerting(audit) }
    case .log, .project, .service, .snooze: break
    }
  }

  private mutating func told(_ audit: GoogleAuditRecord, _ member: String, _ fields: [String]) {
    let setting = audit.request?[member]
    for field in fields {
      guard let value = setting?[field], !value.isNull else { continue }
      lines.append(PlainLine.make("\(field) \(value.string ?? value.text)", limit: 200))
    }
  }

  private mutating func judgeAuditConfigs(_ deltas: [JSONValue]) {
    for delta in deltas.prefix(40) {
      let action = delta["action"]?.string ?? ""
      let member = delta["exemptedMember"]?.string.flatMap { $0.isEmpty ? nil : $0 }
      let type = delta["logType"]?.string ?? ""
      let what = "\(delta["service"]?.string ?? "")/\(type)"
      let adds = action == "ADD"
      if let member {
        lines.append(
          PlainLine.make("\(what): \(member) \(adds ? "exempted" : "logged again")", limit: 200))
      } else {
        lines.append(PlainLine.make("\(what): \(adds ? "logged" : "not logged")", limit: 200))
      }
      // More is left out: a new exemption, or a type that is taken away.
      if (member != nil) == adds { (harm, code) = (.shrinks, "gcp.auditconfig.weakened") }
    }
    if code == nil { harm = .widens }
  }

  private mutating func judgeSettings(_ audit: GoogleAuditRecord) {
    told(audit, "settings", ["disableDefaultSink", "storageLocation", "kmsKeyName"])
    if audit.request?["settings"]?["disableDefaultSink"]?.bool == true {
      (harm, code) = (.shrinks, Self.tampered)
    }
  }

  private mutating func judgeLogBucket(_ audit: GoogleAuditRecord, _ retention: Int) {
    told(audit, "bucket", ["retentionDays", "locked"])
    let bucket = audit.request?["bucket"]
    let days = bucket?["retentionDays"].flatMap { value in
      value.number.map { Int(min(max($0, 0), 1e6)) } ?? value.string.flatMap { Int($0) }
    }
    if let days, days > 0, days < retention {
      lines.append("asked: \(retention) days")
      (harm, code) = (.shrinks, Self.tampered)
    } else if bucket?["locked"]?.bool == true {
      harm = .widens
    }
  }

  /// Who may write and read: the sinks' writer losing its role stops what they hand on.
  private mutating func judgeBindings(_ audit: GoogleAuditRecord) {
    let deltas = audit.serviceData?["policyDelta"]?["bindingDeltas"]?.array ?? []
    for delta in deltas.prefix(40) {
      let member = delta["member"]?.string ?? ""
      let isRemoval = delta["action"]?.string == "REMOVE"
      let role = delta["role"]?.string ?? ""
      lines.append(
        PlainLine.make("\(member) \(isRemoval ? "loses" : "gets") \(role)", limit: 200))
      let isWriter =
        member.hasSuffix("gcp-sa-logging.iam.gserviceaccount.com")
        || member == "group:cloud-logs@google.com"
      let isEverybody = ["allUsers", "allAuthenticatedUsers"].contains(member)
      if isRemoval, isWriter { (harm, code) = (.cuts, Self.tampered) }
      if !isRemoval, isEverybody, harm != .cuts { (harm, code) = (.shrinks, Self.tampered) }
    }
  }

  private mutating func judgeAlerting(_ audit: GoogleAuditRecord) {
    guard harm == .changes else { return }
    let request = audit.request
    told(audit, "metric", ["filter", "disabled"])
    let policy = request?["alertPolicy"] ?? request?["notificationChannel"]
    let isOff =
      policy?["enabled"]?.bool == false || policy?["enabled"]?["value"]?.bool == false
      || request?["metric"]?["disabled"]?.bool == true
    if isOff {
      lines.append("switched off")
      (harm, code) = (.shrinks, Self.silenced)
    }
  }
}

extension GoogleAuditRecord {
  /// What a policy's write did to audit configs (CIS Google Cloud Foundations, audit configuration
  /// changes).
  var auditConfigDeltas: [JSONValue] {
    let delta = serviceData?["policyDelta"] ?? metadata?["policyDelta"]
    return delta?["auditConfigDeltas"]?.array ?? []
  }
}
