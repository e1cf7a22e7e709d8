/// The IAM permissions that our calls need, and no others (IAM permissions reference; "Access
/// control with IAM" of Cloud Logging, Monitoring, Storage, BigQuery, Pub/Sub). Each typed call
/// names its own; ``GCPClient/OnCall`` is told.
public enum GCPPermission: String, Sendable, Hashable, CaseIterable {
  case logEntriesList = "logging.logEntries.list"
  /// Data Access entries: without it they are left out silently.
  case privateLogEntriesList = "logging.privateLogEntries.list"
  /// Entries by a view of a log bucket.
  case viewsAccess = "logging.views.access"
  case sinksList = "logging.sinks.list"
  case sinksGet = "logging.sinks.get"
  case exclusionsList = "logging.exclusions.list"
  case bucketsList = "logging.buckets.list"
  case loggingSettingsGet = "logging.settings.get"
  case logMetricsList = "logging.logMetrics.list"
  case logMetricsGet = "logging.logMetrics.get"
  /// The opt-in echo's, on the one metric made for it.
  case logMetricsUpdate = "logging.logMetrics.update"
  case timeSeriesList = "monitoring.timeSeries.list"
  case alertPoliciesList = "monitoring.alertPolicies.list"
  case notificationChannelsList = "monitoring.notificationChannels.list"
  case snoozesList = "monitoring.snoozes.list"
  case projectsGet = "resourcemanager.projects.get"
  /// On the parent whose children are listed.
  case projectsList = "resourcemanager.projects.list"
  case foldersGet = "resourcemanager.folders.get"
  case foldersList = "resourcemanager.folders.list"
  case projectsGetIamPolicy = "resourcemanager.projects.getIamPolicy"
  case foldersGetIamPolicy = "resourcemanager.folders.getIamPolicy"
  case organizationsGetIamPolicy = "resourcemanager.organizations.getIamPolicy"
  case storageBucketsGet = "storage.buckets.get"
  case storageObjectsList = "storage.objects.list"
  case bigQueryDatasetsGet = "bigquery.datasets.get"
  case pubSubTopicsGet = "pubsub.topics.get"
  case pubSubSubscriptionsGet = "pubsub.subscriptions.get"
  /// Pull and acknowledge, on the watch's own subscription.
  case pubSubSubscriptionsConsume = "pubsub.subscriptions.consume"
  /// On the service account that is impersonated.
  case getAccessToken = "iam.serviceAccounts.getAccessToken"
  /// On the quota project, where one is named.
  case servicesUse = "serviceusage.services.use"

  /// Changes something: never part of what a plain watch is given.
  public var writes: Bool { self == .logMetricsUpdate || self == .pubSubSubscriptionsConsume }

  /// Permissions of what stands higher mean nothing lower down.
  func exists(on parent: GCPParent) -> Bool {
    switch (parent, self) {
    case (.organization, _): true
    case (_, .organizationsGetIamPolicy): false
    case (.folder, _): true
    case (_, .foldersGet), (_, .foldersList), (_, .foldersGetIamPolicy), (_, .projectsList): false
    default: true
    }
  }
}
