import WatchCore

/// One kind of act on the audit pipeline: an API method, what it acts on, and what it comes to where the
/// record tells no more.
struct GCPTamper: Sendable {
  enum Naming: Sendable {
    case sink, exclusions, auditConfigs, settings, log, project, service
    /// A part of ours by its name, of one of these kinds.
    case part(Set<PipelineNode.Kind>)
    /// Of the policies that it names.
    case snooze
  }

  var stage: PipelineChange.Stage
  var naming: Naming
  var harm: PipelineChange.Harm
  var code: FailureCode?

  /// Nil: the method is no act on a pipeline. Names are compared without case.
  static func row(_ service: String, _ method: String) -> GCPTamper? {
    guard let row = rows[method.lowercased()] else { return nil }
    // Every service has a SetIamPolicy: only those that can hold audit configs are meant.
    if method.lowercased() == "setiampolicy", service != "cloudresourcemanager.googleapis.com" {
      return nil
    }
    return row
  }

  /// As the filter of entries.list names them.
  static let methods: [String] = table.map(\.0)

  private static let rows: [String: GCPTamper] = Dictionary(
    table.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { first, _ in first })

  private static let table = logging + alerting + around

  private typealias Row = (String, GCPTamper)

  private static func row(
    _ method: String, _ stage: PipelineChange.Stage, _ naming: Naming, _ harm: PipelineChange.Harm,
    _ code: FailureCode? = nil
  ) -> Row {
    (method, GCPTamper(stage: stage, naming: naming, harm: harm, code: code))
  }

  private static let config = "google.logging.v2.ConfigServiceV2."
  private static let tampered: FailureCode = "gcp.pipeline.tampered"
  private static let silenced: FailureCode = "gcp.alertpath.silenced"

  /// Cloud Logging itself (audit logging reference of Cloud Logging).
  private static let logging: [Row] = [
    row(config + "DeleteSink", .export, .sink, .cuts, "gcp.sink.deleted"),
    row(config + "UpdateSink", .export, .sink, .changes),
    row(config + "CreateSink", .export, .sink, .widens),
    row(config + "CreateExclusion", .export, .exclusions, .changes),
    row(config + "UpdateExclusion", .export, .exclusions, .changes),
    row(config + "DeleteExclusion", .export, .exclusions, .widens),
    row(config + "UpdateBucket", .bucket, .part([.group]), .changes),
    row(config + "UpdateBucketAsync", .bucket, .part([.group]), .changes),
    row(config + "DeleteBucket", .bucket, .part([.group]), .cuts, tampered),
    row(config + "UndeleteBucket", .bucket, .part([.group]), .widens),
    row(config + "UpdateView", .bucket, .part([.group]), .changes),
    row(config + "DeleteView", .bucket, .part([.group]), .changes),
    row(config + "UpdateSettings", .export, .settings, .changes),
    row(config + "UpdateCmekSettings", .key, .settings, .changes),
    row("google.logging.v2.LoggingServiceV2.DeleteLog", .bucket, .log, .shrinks, tampered),
    row("SetIamPolicy", .export, .auditConfigs, .changes),
    row(
      "google.cloud.resourcemanager.v3.Projects.SetIamPolicy", .export, .auditConfigs, .changes),
  ]

  /// What looks at entries and tells.
  private static let alerting: [Row] = [
    row(
      "google.logging.v2.MetricsServiceV2.DeleteLogMetric", .detection, .part([.metric]), .cuts,
      silenced),
    row(
      "google.logging.v2.MetricsServiceV2.UpdateLogMetric", .detection, .part([.metric]), .changes),
    row(
      "google.monitoring.v3.AlertPolicyService.DeleteAlertPolicy", .detection,
      .part([.alarm, .rule]), .cuts, silenced),
    row(
      "google.monitoring.v3.AlertPolicyService.UpdateAlertPolicy", .detection,
      .part([.alarm, .rule]), .changes),
    row(
      "google.monitoring.v3.NotificationChannelService.DeleteNotificationChannel", .people,
      .part([.channel]), .cuts, silenced),
    row(
      "google.monitoring.v3.NotificationChannelService.UpdateNotificationChannel", .people,
      .part([.channel]), .changes),
    row(
      "google.monitoring.v3.SnoozeService.CreateSnooze", .people, .snooze, .shrinks, silenced),
  ]

  /// Destinations, the watch's own subscription, the unit itself.
  private static let around: [Row] = [
    row("storage.buckets.delete", .bucket, .part([.bucket]), .cuts, tampered),
    row("storage.buckets.update", .bucket, .part([.bucket]), .changes),
    row("storage.setIamPermissions", .bucket, .part([.bucket]), .changes),
    row("google.pubsub.v1.Publisher.DeleteTopic", .routing, .part([.topic]), .cuts, tampered),
    row("google.pubsub.v1.Publisher.UpdateTopic", .routing, .part([.topic]), .changes),
    row(
      "google.pubsub.v1.Subscriber.DeleteSubscription", .queue, .part([.queue, .subscription]),
      .cuts, tampered),
    row(
      "google.pubsub.v1.Publisher.DetachSubscription", .queue, .part([.queue, .subscription]),
      .cuts, tampered),
    row(
      "google.pubsub.v1.Subscriber.UpdateSubscription", .queue, .part([.queue, .subscription]),
      .changes),
    row(
      "google.pubsub.v1.Subscriber.ModifyPushConfig", .queue, .part([.queue, .subscription]),
      .shrinks, tampered),
    row(
      "google.pubsub.v1.Subscriber.Seek", .queue, .part([.queue, .subscription]), .shrinks,
      tampered),
    row(
      "google.cloud.bigquery.v2.DatasetService.DeleteDataset", .bucket, .part([.target]), .cuts,
      tampered),
    row(
      "google.cloud.bigquery.v2.DatasetService.UpdateDataset", .bucket, .part([.target]), .changes),
    row(
      "google.api.serviceusage.v1.ServiceUsage.DisableService", .organization, .service, .cuts,
      tampered),
    row("DeleteProject", .organization, .project, .cuts, tampered),
    row(
      "google.cloud.resourcemanager.v3.Projects.DeleteProject", .organization, .project, .cuts,
      tampered),
  ]
}
