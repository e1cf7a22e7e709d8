/// The parts of a log entry whose members we know by name: filters may write those in any case, with or
/// without underscores (`log_name`, `LogName`); what is below them is left as it is written. (Cloud
/// Logging, "Logging query language": all but regular expressions and operators goes without case;
/// LogEntry, MonitoredResource and AuditLog references.)
enum EntryPart: Sendable {
  case entry, resource, audit

  /// Without case and underscores.
  static func plain(_ name: String) -> String { name.lowercased().filter { $0 != "_" } }

  /// The member that is meant, however it is written; nil where the entry has none of that name.
  func member(_ name: String, of members: [String: EventValue]) -> EventValue? {
    let name = Self.plain(name)
    guard Self.names[self]?.contains(name) == true else { return nil }
    return members.first { Self.plain($0.key) == name }?.value
  }

  /// Whether we know of a member of that name, there or not.
  func knows(_ name: String) -> Bool {
    Self.names[self]?.contains(Self.plain(name)) == true
  }

  /// What is behind a member, where we know its members too.
  func part(_ name: String) -> EntryPart? {
    guard self == .entry else { return nil }
    switch Self.plain(name) {
    case "resource": return .resource
    case "protopayload": return .audit
    default: return nil
    }
  }

  private static let names: [EntryPart: Set<String>] = [
    .entry: [
      "logname", "resource", "timestamp", "receivetimestamp", "severity", "insertid",
      "httprequest", "labels", "operation", "trace", "spanid", "tracesampled", "sourcelocation",
      "split", "errorgroups", "protopayload", "textpayload", "jsonpayload",
    ],
    .resource: ["type", "labels"],
    .audit: [
      "@type", "servicename", "methodname", "resourcename", "resourcelocation",
      "resourceoriginalstate", "numresponseitems", "status", "authenticationinfo",
      "authorizationinfo", "policyviolationinfo", "requestmetadata", "request", "response",
      "metadata", "servicedata",
    ],
  ]
}
