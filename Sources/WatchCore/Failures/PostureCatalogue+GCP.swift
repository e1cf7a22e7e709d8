extension PostureCatalogue {
  private static let logging = "https://cloud.google.com/logging/docs/"

  static let gcp: [PostureRule] = gcpSinks + gcpStores + gcpAudit + gcpAlertPath

  /// What carries audit entries out of a project, folder or organization.
  static let gcpSinks: [PostureRule] = [
    PostureRule(
      "gcp.sink.exists", "gcp.sink.none", .high, "there",
      why: "No sink carries the audit entries out: whoever may delete the project or its log "
        + "bucket holds the only copy.",
      mend: "gcloud logging sinks create NAME DESTINATION --log-filter "
        + "'logName:\"cloudaudit.googleapis.com\"', and give its writer identity the role that the "
        + "destination needs.",
      reference: logging + "export/configure_export_v2", breaksNow: true),
    PostureRule(
      "gcp.sink.enabled", "gcp.sink.disabled", .high, "switched on",
      why: "A disabled sink hands nothing on, and what it missed is not sent later.",
      mend: "gcloud logging sinks update NAME --no-disabled",
      reference: logging + "export/configure_export_v2", breaksNow: true),
    PostureRule(
      "gcp.sink.carries", "gcp.posture.weak", .high, "open for Admin Activity",
      why: "The sink's filter, or an exclusion in it, keeps Admin Activity entries from coming "
        + "through.",
      mend: "gcloud logging sinks update NAME --log-filter "
        + "'logName:\"cloudaudit.googleapis.com\"', and --remove-exclusions for what drops them.",
      reference: logging + "view/logging-query-language"),
    PostureRule(
      "gcp.sink.destination", "gcp.sink.error", .high, "leading somewhere",
      why: "The sink's destination does not exist: each entry is dropped.",
      mend: "Make the destination again, or lead the sink to another one.",
      reference: logging + "export/troubleshoot", breaksNow: true),
    PostureRule(
      "gcp.sink.errors", "gcp.sink.error", .high, "free of export errors",
      why: "Cloud Logging itself says that it could not hand entries on: they are dropped.",
      mend: "Read the sink_error entries: mostly the writer identity lost its role at the "
        + "destination, or the destination is full or gone.",
      reference: logging + "export/troubleshoot", breaksNow: true),
  ]

  /// Where entries are kept.
  static let gcpStores: [PostureRule] = [
    PostureRule(
      "gcp.bucket.active", "gcp.store.erasable", .high, "not being deleted",
      why: "The log bucket waits for its deletion: after seven days all that it holds is gone.",
      mend: "gcloud logging buckets undelete ID --location LOCATION",
      reference: logging + "buckets", breaksNow: true),
    PostureRule(
      "gcp.bucket.retention", "gcp.store.erasable", .medium, "kept as long as the bar asks",
      why: "The log bucket lets entries go earlier than the chosen framework asks.",
      mend: "gcloud logging buckets update ID --location LOCATION --retention-days DAYS",
      reference: logging + "buckets"),
    PostureRule(
      "gcp.bucket.locked", "gcp.store.erasable", .low, "locked",
      why: "Whoever may update the log bucket can shorten what it keeps.",
      mend: "gcloud logging buckets update ID --location LOCATION --locked; this cannot be undone.",
      reference: logging + "buckets#locking-logs-buckets"),
    PostureRule(
      "gcp.archive.retention", "gcp.store.erasable", .medium, "kept as long as the bar asks",
      why: "The archive's retention policy is shorter than the chosen framework asks, or there is "
        + "none: objects can be deleted.",
      mend: "gcloud storage buckets update gs://NAME --retention-period SECONDSs",
      reference: "https://cloud.google.com/storage/docs/bucket-lock"),
    PostureRule(
      "gcp.archive.locked", "gcp.store.erasable", .medium, "locked",
      why: "Whoever may update the archive can take its retention policy away.",
      mend: "gcloud storage buckets update gs://NAME --lock-retention-period; this cannot be "
        + "undone.",
      reference: "https://cloud.google.com/storage/docs/bucket-lock"),
    PostureRule(
      "gcp.archive.lifecycle", "gcp.store.erasable", .medium, "not deleted before its time",
      why: "A lifecycle rule deletes objects earlier than the chosen framework asks.",
      mend: "Take the rule out, or raise its age.",
      reference: "https://cloud.google.com/storage/docs/lifecycle"),
    PostureRule(
      "gcp.archive.public", "gcp.posture.weak", .high, "shut to the public",
      why: "Public access prevention is not enforced: one role for allUsers opens the archive.",
      mend: "gcloud storage buckets update gs://NAME --public-access-prevention",
      reference: "https://cloud.google.com/storage/docs/public-access-prevention"),
  ]

  /// What is recorded at all.
  static let gcpAudit: [PostureRule] = [
    PostureRule(
      "gcp.exclusion.audit", "gcp.posture.weak", .medium, "free of exclusions for audit entries",
      why: "An exclusion keeps audit entries out of the _Default bucket.",
      mend: "gcloud logging sinks update _Default --remove-exclusions NAME",
      reference: logging + "routing/overview#exclusions"),
    PostureRule(
      "gcp.audit.data-access", "gcp.posture.weak", .medium, "recording Data Access",
      why: "Data Access entries are asked for, and no audit config switches them on for all "
        + "services.",
      mend: "Add auditConfigs for allServices with DATA_READ and DATA_WRITE to the policy.",
      reference: logging + "audit/configure-data-access"),
    PostureRule(
      "gcp.audit.exempted", "gcp.posture.weak", .medium, "recording everybody",
      why: "Members are exempted from Data Access entries: what they read is not recorded.",
      mend: "Take exemptedMembers out of the auditConfigs.",
      reference: logging + "audit/configure-data-access#exempt"),
  ]

  /// From a log-based metric to a human.
  static let gcpAlertPath: [PostureRule] = [
    PostureRule(
      "gcp.metric.exists", "gcp.alertpath.broken", .high, "there",
      why: "The log-based metric that the configuration names does not exist.",
      mend: "Make it again, and look in the audit log for its deletion.",
      reference: logging + "logs-based-metrics", breaksNow: true),
    PostureRule(
      "gcp.metric.enabled", "gcp.alertpath.broken", .high, "switched on",
      why: "A disabled metric counts nothing; an absence policy on it fires once and is closed as "
        + "noise.",
      mend: "gcloud logging metrics update NAME with disabled: false",
      reference: logging + "logs-based-metrics", breaksNow: true),
    PostureRule(
      "gcp.metric.filter", "gcp.alertpath.broken", .high, "able to match an audit entry",
      why: "No audit entry that we know of can match the metric's filter: it counts nothing.",
      mend: "Write the filter anew: protoPayload.methodName:\"DeleteSink\" for one.",
      reference: logging + "view/logging-query-language", breaksNow: true),
    PostureRule(
      "gcp.policy.absence", "gcp.alertpath.broken", .medium, "watched for its absence",
      why: "No alert policy tells when the metric has no more data.",
      mend: "Make an alert policy with conditionAbsent on the metric.",
      reference: "https://cloud.google.com/monitoring/alerts/types-of-conditions"),
    PostureRule(
      "gcp.policy.enabled", "gcp.alertpath.broken", .high, "switched on",
      why: "A disabled alert policy opens no incident.",
      mend: "gcloud alpha monitoring policies update NAME --enabled",
      reference: "https://cloud.google.com/monitoring/alerts", breaksNow: true),
    PostureRule(
      "gcp.policy.valid", "gcp.alertpath.broken", .high, "valid",
      why: "Monitoring says that the policy is invalid: it is never evaluated.",
      mend: "Mend what the validity field names.",
      reference: "https://cloud.google.com/monitoring/alerts", breaksNow: true),
    PostureRule(
      "gcp.policy.channels", "gcp.alertpath.broken", .high, "heard by somebody",
      why: "The policy names no channel that exists, is enabled and verified: nobody is told.",
      mend: "Name a channel that works, or have it verified.",
      reference: "https://cloud.google.com/monitoring/support/notification-options",
      breaksNow: true),
    PostureRule(
      "gcp.policy.snoozed", "gcp.alertpath.broken", .high, "awake",
      why: "An active snooze keeps the policy from telling anybody.",
      mend: "End the snooze, or let it run out and look at who made it.",
      reference: "https://cloud.google.com/monitoring/alerts/manage-snooze", breaksNow: true),
    PostureRule(
      "gcp.reach.sink-delete", "gcp.alertpath.broken", .medium,
      "followed by an alert that reaches somebody when a sink is deleted",
      why: "Somebody can delete the sink, and nothing of Google's own tells anybody.",
      mend: "Make a log-based metric or a log-match policy on DeleteSink and UpdateSink, with a "
        + "channel that works.",
      reference: logging + "alerting/log-based-alerts"),
    PostureRule(
      "gcp.queue.fed", "gcp.posture.weak", .medium, "fed by a sink",
      why: "The watch's own subscription gets no audit entries: changes are told minutes later, by "
        + "the audit log alone.",
      mend: "Lead a sink with a filter for the methods in docs/permissions.md to its topic.",
      reference: logging + "export/pubsub"),
  ]
}
