import WatchCore

/// The same for Azure and GCP: causes explain what misses of the same subscription or project.
extension SymptomRules {
  static func explains(
    unit cause: Finding.Identity, at causePlace: Place, _ symptom: Finding.Identity,
    at place: Place
  ) -> Bool {
    if cause.code.rest == "probe.blind" {
      return symptom.code.rest == "probe.blind" && cause.source < symptom.source
    }
    guard cause.source == symptom.source, causePlace.region == place.region else { return false }
    switch cause.code {
    case "azure.setting.deleted":
      return symptom.code == "azure.setting.none" || misses(symptom)
    case "azure.setting.none", "azure.setting.narrowed", "azure.setting.remapped":
      return misses(symptom)
    // The cap stops billable tables only: the Activity Log's goes on.
    case "azure.store.capped": return stage(symptom.code) == "resource"
    case "gcp.sink.deleted":
      return symptom.code == "gcp.sink.none" || isExport(symptom)
    case "gcp.sink.none", "gcp.sink.disabled", "gcp.sink.error", "gcp.sink.narrowed",
      "gcp.exclusion.added":
      return isExport(symptom)
    case "azure.alertpath.silenced", "gcp.alertpath.silenced":
      return symptom.code.rest == "alertpath.broken"
    case "azure.pipeline.tampered", "gcp.pipeline.tampered":
      return cause.subject == symptom.subject && symptom.code != cause.code
    case "azure.echo.missing", "gcp.echo.missing": return isAge(symptom.code)
    case "azure.activity.silent", "azure.resource.silent", "gcp.audit.silent":
      return cause.subject == symptom.subject && symptom.code.text.hasSuffix(".late")
    default: return false
    }
  }

  private static func misses(_ symptom: Finding.Identity) -> Bool {
    isAge(symptom.code) || symptom.code.rest == "echo.missing"
  }

  /// What a sink hands on, and nothing of what Cloud Logging takes in.
  private static func isExport(_ symptom: Finding.Identity) -> Bool {
    guard isAge(symptom.code) else { return symptom.code.rest == "echo.missing" }
    return symptom.subject.flatMap(PathID.init(text:))?.kind == .export
  }
}
