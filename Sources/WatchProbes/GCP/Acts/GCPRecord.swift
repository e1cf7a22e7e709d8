import CloudAPI
import Crypto
import WatchCore

/// One audit entry, as far as the probes need it. Everything in it was written by others: any field may
/// be missing, huge or hostile.
struct GCPRecord: Sendable {
  var id: String
  /// When it happened, and when Cloud Logging took it in.
  var at: Timestamp
  var received: Timestamp
  var service: String
  /// As sent: `google.logging.v2.ConfigServiceV2.DeleteSink`.
  var method: String
  var principal: String?
  var agent: String?
  var from: String?
  /// The cloud's refusal; nil where it succeeded.
  var error: String?
  /// Nil where only a change would need it.
  var audit: GoogleAuditRecord?
  var labels: [String: String] = [:]
  var raw = ""

  /// Nil for an entry without any time, or without an audit record.
  init?(_ entry: LogEntry) {
    guard let audit = entry.audit,
      let at = (entry.timestamp ?? entry.receiveTimestamp).flatMap({ Timestamp($0) })
    else { return nil }
    self.at = at
    received = entry.receiveTimestamp.flatMap { Timestamp($0) } ?? at
    id =
      entry.insertID.map { $0.cut(200) } ?? "sha256:" + Hex.encode(SHA256.digest(entry.whole.utf8))
    service = (audit.serviceName ?? "").cut(128)
    method = (audit.methodName ?? "unnamed").cut(256)
    principal = audit.principal.flatMap { $0.isEmpty ? nil : $0.cut(256) }
    agent = audit.userAgent?.cut(256)
    from = audit.callerIP?.cut(128)
    if !audit.succeeded {
      error = PlainLine.make(audit.statusMessage ?? "code \(audit.statusCode)", limit: 160)
    }
    guard GCPTamper.row(service, method) != nil else { return }
    self.audit = audit
    labels = entry.resourceLabels
    raw = entry.whole.text.cut(8_000)
  }

  /// `DeleteSink` of `google.logging.v2.ConfigServiceV2.DeleteSink`; others stay as they are.
  var action: String {
    guard method.hasPrefix("google."), let last = method.split(separator: ".").last else {
      return method
    }
    return String(last)
  }

  func cause(in label: String) -> Cause {
    Cause(
      actor: principal ?? "Google", action: action, region: label, at: at, from: from, agent: agent,
      identity: principal, event: id, error: error)
  }

  /// Made by Google itself or by one of its service agents ("Service agents", IAM).
  var isByService: Bool {
    guard let principal else { return true }
    if principal.hasPrefix("system:") { return true }
    guard principal.hasSuffix("gserviceaccount.com"), let at = principal.firstIndex(of: "@") else {
      return false
    }
    let (name, host) = (principal[..<at], principal[principal.index(after: at)...])
    if ["cloudservices.gserviceaccount.com", "system.gserviceaccount.com"].contains(String(host)) {
      return true
    }
    let isNumbered = name.hasPrefix("service-") && name.dropFirst(8).allSatisfy(\.isNumber)
    return isNumbered || host.hasPrefix("gcp-sa-")
  }

  /// - Parameter own: our own address; without it ours are known by the agent that our calls name.
  func isOurs(own: String?) -> Bool {
    guard let own else { return agent?.hasPrefix("watchkeeper/") == true }
    return principal == own
  }

  /// Not made by a service, nor by ourselves.
  func isActivity(own: String?) -> Bool { !isByService && !isOurs(own: own) }
}
