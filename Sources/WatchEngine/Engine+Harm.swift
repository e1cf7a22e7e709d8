import WatchCore

/// What an act is raised as. Where its effect has a code of its own, by that one: the look that
/// follows then finds the alert that is there already.
extension Engine {
  /// Something that cut or shrank what we watch, since anybody last judged it. Whether it still holds
  /// does not matter: it happened.
  func harm(of change: PipelineChange, _ source: SourceID) -> Finding? {
    let cause = change.cause
    guard cause.error == nil, cause.at > unseenSince, change.stage != .neighbour else { return nil }
    let settings = settingsChange(change, since: picture.baselines[source])
    guard let raised = raised(change, source, settings) else { return nil }
    let kind: PathKind = source.cloud == .aws ? .trail : .setting
    let path = homePath(source) ?? PathID(source: source, kind: kind, region: cause.region)
    let lines = settings?.lines ?? change.difference
    let more = change.bucket ?? (change.stage == .bucket ? cause.subject : nil)
    return planned(
      finding(
        raised.code, source, subject: raised.subject, region: path.region, failed: cause.at,
        what: raised.what, evidence: evidence(of: cause, lines), cause: cause,
        values: exported(change, source, raised.subject)
          + [("bucket", more), ("part", change.part?.name)]))
  }

  /// Where a setting or sink was acted on.
  private func exported(
    _ change: PipelineChange, _ source: SourceID, _ subject: String?
  ) -> [(String, String?)] {
    guard source.cloud != .aws, change.stage == .export, let id = change.part?.name ?? subject
    else { return [] }
    return settingValues(source, id)
  }

  private typealias Raised = (code: FailureCode, subject: String?, what: String)

  private func raised(
    _ change: PipelineChange, _ source: SourceID, _ settings: SettingsChange?
  ) -> Raised? {
    let cause = change.cause
    if change.stage == .trail, change.trail != nil {
      return trail(change, source, settings)
    }
    guard change.harm == .cuts || change.harm == .shrinks else { return nil }
    let part = change.part?.name ?? cause.subject
    let doubt = change.part == nil && change.stage != .organization && change.stage != .lake
    let label = part.map { " \(Engine.shortName($0))" } ?? (doubt ? " (perhaps ours)" : "")
    func by(_ word: String) -> String { "\(word) by \(cause.actor), \(cause.action)\(label)" }
    guard source.cloud == .aws else {
      let isAlerting = [.detection, .routing, .people, .queue].contains(change.stage)
      let code =
        change.code ?? source.cloud.code(isAlerting ? "alertpath.silenced" : "pipeline.tampered")
      return (code, part ?? cause.action, Engine.actWhat(code, change))
    }
    if let code = change.code { return (code, part ?? cause.action, by(Engine.word(code))) }
    switch change.stage {
    case .neighbour: return nil
    case .bucket where change.harm == .cuts && change.bucket != nil:
      return ("aws.bucket.blocked", change.bucket, Engine.blockedWhat(cause))
    case .key where change.harm == .cuts && part != nil:
      return ("aws.key.unusable", part, by("KEY UNUSABLE"))
    case .organization: return ("aws.org.left", cause.action, by("LEFT"))
    case .detection, .routing, .people, .queue:
      return ("aws.alertpath.silenced", part ?? cause.action, by("SILENCED"))
    case .trail, .export, .lake, .bucket, .key, .role, .group, .evasion:
      return ("aws.pipeline.tampered", part ?? cause.action, by("TAMPERED"))
    }
  }

  private func trail(
    _ change: PipelineChange, _ source: SourceID, _ settings: SettingsChange?
  ) -> Raised? {
    let cause = change.cause
    let arn = knowledge.settings(source)?.arn
    func what(_ word: String) -> String { Engine.what(word, cause, otherwise: "", at: cause.at) }
    switch cause.action {
    case "StopLogging": return ("aws.trail.stopped", arn ?? change.trail, what("STOPPED"))
    case "DeleteTrail":
      return ("aws.trail.deleted", sourcePlan(source)?.trail ?? change.trail, what("DELETED"))
    default: break
    }
    let lines = (settings?.lines ?? change.difference).joined(separator: "; ")
    let subject = "\(arn ?? change.trail ?? "") \(lines)"
    if settings?.narrowed ?? (change.harm == .cuts || change.harm == .shrinks) {
      return ("aws.trail.narrowed", subject, what("NARROWED"))
    }
    if settings?.moved == true { return ("aws.trail.changed", subject, what("CHANGED")) }
    return nil
  }

  /// What an update would make of a baseline; nothing where it asks for what is there, nil where there
  /// is no baseline or the act is no update.
  func settingsChange(_ change: PipelineChange, since baseline: Snapshot?) -> SettingsChange? {
    guard let asked = change.settings?.members,
      let content = baseline?.content, let known = TrailSettings(json: content)
    else { return nil }
    var members = known.json.members ?? []
    // What was never read cannot be compared: the request by itself must do.
    let unread = SettingsChange.read.subtracting(members.map(\.key))
    guard asked.allSatisfy({ !unread.contains($0.key) }) else { return nil }
    for member in asked {
      members.removeAll { $0.key == member.key }
      if member.value != .null { members.append(member) }
    }
    guard let new = TrailSettings(json: .object(members)) else { return nil }
    return SettingsChange(from: known, to: new) ?? SettingsChange.none
  }

  func homePath(_ source: SourceID) -> PathID? {
    if let seen = homeSighting(source) {
      return PathID(source: source, kind: .trail, region: seen.region)
    }
    return sourcePlan(source)?.homeRegion.map {
      PathID(source: source, kind: .trail, region: $0)
    }
  }

  /// The last word of an ARN, of an ARM id, of a GCP resource's name, as people say it.
  static func shortName(_ name: String) -> String {
    guard name.hasPrefix("arn:") else {
      let isPath =
        name.hasPrefix("/") || name.contains("/providers/") || name.hasPrefix("projects/")
      return isPath ? name.split(separator: "/").last.map(String.init) ?? name : name
    }
    let resource = name.split(separator: ":", maxSplits: 5).last.map(String.init) ?? name
    var words = resource.split { $0 == ":" || $0 == "/" }.map(String.init)
    if words.last == "*" { words.removeLast() }
    return words.last ?? name
  }
}
