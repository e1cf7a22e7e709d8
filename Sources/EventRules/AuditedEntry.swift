/// An entry that Cloud Audit Logs would write, as far as it is known beforehand: to ask a sink's,
/// exclusion's or metric's filter whether it lets it through. Who calls, from where and on what is
/// open. (Cloud Audit Logs, "Understand audit logs"; LogEntry and AuditLog references.)
public struct AuditedEntry: Sendable, Hashable {
  /// `activity`, `data_access`, `system_event`, `policy`.
  public var log: String
  /// What it is about, in a word or two: `sinks`.
  public var about: String
  public var service: String
  public var method: String
  /// The monitored resource's type: `logging_sink`.
  public var resource: String
  public var severity: String
  /// Any log that is not watched closer would do without it.
  public var isCore: Bool

  public init(
    log: String, about: String, service: String, method: String, resource: String,
    severity: String = "NOTICE", isCore: Bool = false
  ) {
    self.log = log
    self.about = about
    self.service = service
    self.method = method
    self.resource = resource
    self.severity = severity
    self.isCore = isCore
  }

  /// As a LogEntry.
  /// - Parameters:
  ///   - parent: whose it is: `projects/acme-1`.
  ///   - time: now, RFC 3339.
  public func entry(of parent: String, at time: String) -> EventValue {
    .object([
      "logName": .string("\(parent)/logs/cloudaudit.googleapis.com%2F\(log)"),
      "timestamp": .string(time), "receiveTimestamp": .string(time),
      "severity": .string(severity), "insertId": .any, "labels": .any, "operation": .any,
      "trace": .any, "spanId": .any,
      "resource": .object(["type": .string(resource), "labels": .any]),
      "protoPayload": .object([
        "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
        "serviceName": .string(service), "methodName": .string(method), "resourceName": .any,
        "authenticationInfo": .any, "authorizationInfo": .any, "requestMetadata": .any,
        "request": .any, "response": .any, "metadata": .any, "serviceData": .any, "status": .any,
        "numResponseItems": .any, "resourceLocation": .any, "resourceOriginalState": .any,
        "policyViolationInfo": .any,
      ]),
    ])
  }

  /// Any entry of a log: nothing but where it is kept, and that it is an audit record, is known of it.
  static func open(_ log: String, of parent: String, at time: String) -> EventValue {
    .object([
      "logName": .string("\(parent)/logs/cloudaudit.googleapis.com%2F\(log)"),
      "timestamp": .string(time), "receiveTimestamp": .string(time), "severity": .any,
      "insertId": .any, "labels": .any, "operation": .any, "trace": .any, "spanId": .any,
      "resource": .any,
      "protoPayload": .object([
        "@type": "type.googleapis.com/google.cloud.audit.AuditLog", "serviceName": .any,
        "methodName": .any, "resourceName": .any, "authenticationInfo": .any,
        "authorizationInfo": .any, "requestMetadata": .any, "request": .any, "response": .any,
        "metadata": .any, "serviceData": .any, "status": .any, "numResponseItems": .any,
        "resourceLocation": .any, "resourceOriginalState": .any, "policyViolationInfo": .any,
      ]),
    ])
  }
}
