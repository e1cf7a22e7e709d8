extension AuditedEntry {
  /// One of each kind that filters are known to tell apart.
  public static let samples: [AuditedEntry] = activity + changes + others

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

  /// What can be done to the audit pipeline, but for what is above; each tells of one method.
  private static let changes: [AuditedEntry] = [
    (
      "logging.googleapis.com", "google.logging.v2.ConfigServiceV2.",
      [
        "UpdateSink logging_sink", "CreateSink logging_sink", "CreateExclusion logging_exclusion",
        "UpdateExclusion logging_exclusion", "DeleteExclusion logging_exclusion",
        "UpdateBucket logging_bucket", "UpdateBucketAsync logging_bucket",
        "DeleteBucket logging_bucket", "UndeleteBucket logging_bucket", "UpdateView logging_bucket",
        "DeleteView logging_bucket", "UpdateSettings audited_resource",
        "UpdateCmekSettings audited_resource",
      ]
    ),
    (
      "logging.googleapis.com", "google.logging.v2.LoggingServiceV2.",
      [
        "DeleteLog logging_log"
      ]
    ),
    (
      "logging.googleapis.com", "google.logging.v2.MetricsServiceV2.",
      ["DeleteLogMetric metric", "UpdateLogMetric metric"]
    ),
    (
      "cloudresourcemanager.googleapis.com", "google.cloud.resourcemanager.v3.Projects.",
      ["SetIamPolicy project", "DeleteProject project"]
    ),
    ("cloudresourcemanager.googleapis.com", "", ["DeleteProject project"]),
    (
      "monitoring.googleapis.com", "google.monitoring.v3.",
      [
        "AlertPolicyService.DeleteAlertPolicy audited_resource",
        "AlertPolicyService.UpdateAlertPolicy audited_resource",
        "NotificationChannelService.DeleteNotificationChannel audited_resource",
        "NotificationChannelService.UpdateNotificationChannel audited_resource",
        "SnoozeService.CreateSnooze audited_resource",
      ]
    ),
    (
      "storage.googleapis.com", "storage.",
      ["buckets.delete gcs_bucket", "setIamPermissions gcs_bucket"]
    ),
    (
      "pubsub.googleapis.com", "google.pubsub.v1.",
      [
        "Publisher.UpdateTopic pubsub_topic", "Subscriber.DeleteSubscription pubsub_subscription",
        "Publisher.DetachSubscription pubsub_subscription",
        "Subscriber.UpdateSubscription pubsub_subscription",
        "Subscriber.ModifyPushConfig pubsub_subscription", "Subscriber.Seek pubsub_subscription",
      ]
    ),
    (
      "bigquery.googleapis.com", "google.cloud.bigquery.v2.DatasetService.",
      ["UpdateDataset bigquery_dataset"]
    ),
    (
      "serviceusage.googleapis.com", "google.api.serviceusage.v1.ServiceUsage.",
      ["DisableService audited_resource"]
    ),
    (
      "container.googleapis.com", "google.container.v1.ClusterManager.",
      ["DeleteCluster gke_cluster", "UpdateCluster gke_cluster"]
    ),
  ].flatMap { service, prefix, methods in
    methods.compactMap { text in
      let words = text.split(separator: " ").map(String.init)
      guard words.count == 2 else { return nil }
      return AuditedEntry(
        log: "activity", about: prefix + words[0], service: service, method: prefix + words[0],
        resource: words[1])
    }
  }

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
