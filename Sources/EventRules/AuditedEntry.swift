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

  /// One of each kind that filters are known to tell apart.
  public static let samples: [AuditedEntry] = activity + others

  private static let activity: [AuditedEntry] = [
    AuditedEntry(
      log: "activity", about: "sinks", service: "logging.googleapis.com",
      method: "google.logging.v2.ConfigServiceV2.DeleteSink", resource: "logging_sink", isCore: true
    ),
    AuditedEntry(
      log: "activity", about: "IAM policies", service: "cloudresourcemanager.googleapis.com",
      method: "SetIamPolicy", resource: "project", isCore: true),
    AuditedEntry(
      log: "activity", about: "refusals", service: "logging.googleapis.com",
      method: "google.logging.v2.ConfigServiceV2.UpdateSink", resource: "logging_sink",
      severity: "ERROR"),
    AuditedEntry(
      log: "activity", about: "service accounts", service: "iam.googleapis.com",
      method: "google.iam.admin.v1.CreateServiceAccountKey", resource: "service_account"),
    AuditedEntry(
      log: "activity", about: "machines", service: "compute.googleapis.com",
      method: "v1.compute.instances.insert", resource: "gce_instance"),
    AuditedEntry(
      log: "activity", about: "networks", service: "compute.googleapis.com",
      method: "v1.compute.firewalls.patch", resource: "gce_firewall_rule"),
    AuditedEntry(
      log: "activity", about: "clusters", service: "k8s.io",
      method: "io.k8s.authorization.rbac.v1.clusterrolebindings.create", resource: "k8s_cluster"),
    AuditedEntry(
      log: "activity", about: "buckets", service: "storage.googleapis.com",
      method: "storage.buckets.update", resource: "gcs_bucket"),
    AuditedEntry(
      log: "activity", about: "topics", service: "pubsub.googleapis.com",
      method: "google.pubsub.v1.Publisher.DeleteTopic", resource: "pubsub_topic"),
    AuditedEntry(
      log: "activity", about: "datasets", service: "bigquery.googleapis.com",
      method: "google.cloud.bigquery.v2.DatasetService.DeleteDataset", resource: "bigquery_dataset"
    ),
    AuditedEntry(
      log: "activity", about: "databases", service: "cloudsql.googleapis.com",
      method: "cloudsql.instances.update", resource: "cloudsql_database"),
    AuditedEntry(
      log: "activity", about: "other services", service: "secretmanager.googleapis.com",
      method: "google.cloud.secretmanager.v1.SecretManagerService.DestroySecretVersion",
      resource: "audited_resource"),
  ]

  private static let others: [AuditedEntry] = [
    AuditedEntry(
      log: "data_access", about: "BigQuery", service: "bigquery.googleapis.com",
      method: "google.cloud.bigquery.v2.JobService.InsertJob", resource: "bigquery_project",
      severity: "INFO", isCore: true),
    AuditedEntry(
      log: "data_access", about: "buckets", service: "storage.googleapis.com",
      method: "storage.objects.get", resource: "gcs_bucket", severity: "INFO", isCore: true),
    AuditedEntry(
      log: "data_access", about: "secrets", service: "secretmanager.googleapis.com",
      method: "google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion",
      resource: "audited_resource", severity: "INFO"),
    AuditedEntry(
      log: "system_event", about: "machines", service: "compute.googleapis.com",
      method: "compute.instances.migrateOnHostMaintenance", resource: "gce_instance",
      severity: "INFO", isCore: true),
    AuditedEntry(
      log: "policy", about: "refusals", service: "storage.googleapis.com",
      method: "google.storage.objects.get", resource: "audited_resource", severity: "ERROR",
      isCore: true),
  ]
}
