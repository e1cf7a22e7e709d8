extension FailureCatalogue {
  static let gcp: [Failure] = gcpArrival + gcpSinks + gcpPipeline

  private static let gcpArrival: [Failure] = [
    entry(
      "gcp.audit.late", .condition, .low, .capture, probe: "entries",
      runbook: "gcp-audit-silent",
      "Audit entries late",
      "The newest entry, at its source or destination, is older than its period."),
    entry(
      "gcp.audit.silent", .condition, .high, .capture, probe: "entries",
      "Audit entries silent",
      "No audit entry was taken in, or handed on, within period and grace."),
    entry(
      "gcp.echo.missing", .condition, .high, .capture, probe: "echo",
      "Echo missing", "Our own audited call did not come out at the end of the path."),
  ]

  private static let gcpSinks: [Failure] = [
    entry(
      "gcp.sink.none", .condition, .high, .capture, probe: "setting",
      "No sink", "A project has no sink that carries its audit entries out."),
    entry(
      "gcp.sink.deleted", .condition, .high, .capture, probe: "setting",
      "Sink deleted", "A sink that we watched is gone."),
    entry(
      "gcp.sink.disabled", .condition, .high, .capture, probe: "setting",
      "Sink disabled", "A sink is switched off: it hands nothing on."),
    entry(
      "gcp.sink.narrowed", .event, .high, .capture, probe: "setting",
      "Sink narrowed",
      "A sink's filter, exclusions, scope or destination lets less through than before."),
    entry(
      "gcp.sink.error", .condition, .high, .error, probe: "export",
      "Sink error", "Cloud Logging says that a sink could not hand entries on."),
    entry(
      "gcp.exclusion.added", .event, .high, .capture, probe: "setting",
      "Exclusion added", "An exclusion drops audit entries."),
    entry(
      "gcp.auditconfig.weakened", .event, .high, .capture, probe: "setting",
      "Audit config weakened",
      "A service or member was exempted, or a Data Access type was removed."),
  ]

  private static let gcpPipeline: [Failure] = [
    entry(
      "gcp.store.erasable", .condition, .medium, .storage, probe: "store",
      "Records erasable",
      "A log bucket's retention is below the bar, unlocked, or it is being deleted."),
    entry(
      "gcp.alertpath.broken", .condition, .high, .capture, probe: "alertpath",
      "Alert path broken",
      "The log-based metric, its absence policy or a channel is missing, disabled or unverified."),
    entry(
      "gcp.alertpath.silenced", .event, .high, .capture, probe: "history",
      "Alert path silenced", "Somebody deleted, disabled or snoozed a part of the alert path."),
    entry(
      "gcp.pipeline.tampered", .event, .high, .capture, probe: "history",
      "Pipeline tampered with",
      "Somebody acted on log bucket, destination, topic, service or policy."),
    entry(
      "gcp.posture.weak", .condition, .low, .capture, probe: "posture",
      "Weak set-up", "Other findings of the checks of sinks, stores and alert path."),
    entry(
      "gcp.probe.blind", .condition, .medium, .error, probe: "any",
      "Cannot look",
      "Permission, throttling, a time-out or an unreadable answer kept us from looking."),
    entry(
      "gcp.source.never", .condition, .medium, .capture, probe: "any",
      "Never seen", "Configured, and no record was ever seen past period and grace."),
  ]
}
