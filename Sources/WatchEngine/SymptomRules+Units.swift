import WatchCore

/// The same for Azure and GCP: causes explain what misses of the same subscription or project.
extension SymptomRules {
  static func explains(
    unit cause: Finding.Identity, at causePlace: Place, _ symptom: Finding.Identity,
    at place: Place, parts: (SourceID) -> Parts
  ) -> Bool {
    if cause.code.rest == "probe.blind" {
      return symptom.code.rest == "probe.blind" && cause.source < symptom.source
    }
    // Sources and subscriptions share a store: whoever tells of it first tells it for all.
    if cause.code == "azure.store.capped" { return isShut(cause.subject, symptom, parts) }
    guard cause.source == symptom.source, causePlace.region == place.region else { return false }
    // What was narrowed shows in the next look at its checks.
    if Engine.exportCodes.contains(cause.code), symptom.code.rest == "posture.weak",
      let part = symptom.subject
    {
      return cause.subject?.hasPrefix(part + " ") == true
    }
    switch cause.code {
    case "azure.setting.deleted", "azure.setting.narrowed", "azure.setting.remapped":
      return symptom.code == "azure.setting.none"
        || misses(symptom, cause.subject) && fed(symptom, by: cause, parts(cause.source))
    case "azure.setting.none": return misses(symptom, cause.subject)
    case "gcp.sink.deleted", "gcp.sink.narrowed":
      return symptom.code == "gcp.sink.none" || isExport(symptom)
    case "gcp.sink.none", "gcp.sink.disabled", "gcp.sink.error", "gcp.exclusion.added":
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

  /// A resource's setting carries that resource's log; a subscription's, its Activity Log.
  private static func misses(_ symptom: Finding.Identity, _ setting: String?) -> Bool {
    guard isAge(symptom.code) || symptom.code.rest == "echo.missing" else { return false }
    let id = "\(setting?.lowercased() ?? "")/"
    let isResources = id.contains("/resourcegroups/")
    guard stage(symptom.code) == "resource" else { return !isResources }
    let member = symptom.subject.flatMap(PathID.init(text:))?.member?.lowercased()
    return isResources && member.map { id.contains("/\($0)/") } == true
  }

  /// Whether what was done to a setting can be why nothing comes there: it led there, and what it lost
  /// is what is waited for. One that nobody knew before it went may have.
  private static func fed(
    _ symptom: Finding.Identity, by cause: Finding.Identity, _ parts: Parts
  ) -> Bool {
    guard stage(symptom.code) != "resource", let subject = cause.subject,
      let setting = parts.exports().first(where: {
        subject == $0.id || subject.hasPrefix("\($0.id) ")
      })
    else { return true }
    let path = symptom.subject.flatMap(PathID.init(text:))
    let end = path?.kind == .archive ? parts.archive : parts.workspace
    guard let end = end?.lowercased() else { return false }
    // It leads elsewhere by now.
    if cause.code == "azure.setting.remapped" { return subject.lowercased().contains("\(end) -> ") }
    let leads = setting.facts.contains { $0.value == .place(end) }
    guard cause.code == "azure.setting.narrowed" else { return leads }
    return leads && audited.contains { subject.contains(": \($0) gone") }
  }

  /// The categories that hold what is done.
  private static let audited = ["Administrative", "Security", "Alert", "Policy"]

  /// A workspace's cap stops billable tables only, the Activity Log's goes on; an archive that cannot
  /// be written to takes nothing.
  private static func isShut(
    _ store: String?, _ symptom: Finding.Identity, _ parts: (SourceID) -> Parts
  ) -> Bool {
    guard let store = store?.lowercased(), isAge(symptom.code) else { return false }
    let hit = parts(symptom.source)
    if store == hit.workspace?.lowercased() { return stage(symptom.code) == "resource" }
    return store == hit.archive?.lowercased()
      && symptom.subject.flatMap(PathID.init(text:))?.kind == .archive
  }

  /// What a sink hands on, and nothing of what Cloud Logging takes in.
  private static func isExport(_ symptom: Finding.Identity) -> Bool {
    guard isAge(symptom.code) else { return symptom.code.rest == "echo.missing" }
    return symptom.subject.flatMap(PathID.init(text:))?.kind == .export
  }
}
