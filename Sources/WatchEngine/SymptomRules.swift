import WatchCore

/// Which failure explains which: symptoms fold under their cause, and are still counted.
enum SymptomRules {
  private static let delivering: Set<String> = ["delivery", "digest", "group", "echo"]

  /// What a source's trail writes to, and with which key.
  struct Parts {
    var bucket: String?
    var key: String?
    /// The ends at which the source's echo is missing.
    var missing: Set<PathKind> = []
    /// Azure: ARM ids of where the source's records go.
    var workspace: String?
    var archive: String?
    /// The settings by which they go there, as they were last known.
    var exports: () -> [PipelineSetting] = { [] }

    /// Nothing else misses it: what explains those ends explains the missing echo.
    func misses(only ends: Set<PathKind>) -> Bool { missing.isSubset(of: ends) }
  }

  /// Whether `cause` explains `symptom`, where both hold at once.
  static func explains(
    _ cause: Finding.Identity, at causePlace: Place, _ symptom: Finding.Identity,
    at place: Place, parts: (SourceID) -> Parts
  ) -> Bool {
    guard cause != symptom, cause.source.cloud == symptom.source.cloud,
      causePlace.account == place.account
    else { return false }
    guard cause.source.cloud == .aws else {
      return explains(unit: cause, at: causePlace, symptom, at: place, parts: parts)
    }
    let stage = Self.stage(symptom.code)
    switch cause.code {
    case "aws.trail.stopped", "aws.trail.deleted":
      return cause.source == symptom.source && delivering.contains(stage)
        || cause.code == "aws.trail.deleted" && symptom.code == "aws.trail.none"
    case "aws.bucket.blocked":
      let hit = parts(symptom.source)
      return hit.bucket == cause.subject
        && (["delivery", "digest"].contains(stage) || stage == "echo" && hit.misses(only: [.s3]))
    case "aws.key.unusable":
      return ["delivery", "digest", "group", "echo"].contains(stage)
        && !symptom.code.text.hasSuffix(".erasable")
        && parts(symptom.source).key == cause.subject
    case "aws.trail.narrowed", "aws.trail.changed":
      // What was changed shows in the next posture look at the trail.
      guard let trail = symptom.subject else { return false }
      return cause.source == symptom.source && stage == "posture"
        && cause.subject?.hasPrefix(trail) == true
    case "aws.pipeline.tampered": return tampered(cause, symptom, stage)
    case "aws.alertpath.silenced":
      return cause.source == symptom.source && symptom.code == "aws.alertpath.broken"
    case "aws.delivery.error":
      return cause.source == symptom.source
        && (isAge(symptom.code) && ["delivery", "digest"].contains(stage)
          || stage == "echo" && parts(symptom.source).misses(only: [.s3]))
    case "aws.digest.error", "aws.group.error":
      return cause.source == symptom.source
        && (stage == Self.stage(cause.code) && isAge(symptom.code)
          || stage == "echo" && cause.code == "aws.group.error"
            && parts(symptom.source).misses(only: [.group]))
    case "aws.echo.missing":
      return cause.source == symptom.source && isAge(symptom.code)
        && silenced(by: parts(cause.source).missing).contains(stage)
    case "aws.delivery.silent", "aws.digest.silent", "aws.group.silent":
      return cause.subject == symptom.subject && symptom.code.text.hasSuffix(".late")
        && stage == Self.stage(cause.code)
    case "aws.trail.none": return symptom.code == "aws.region.uncovered"
    case "aws.probe.blind":
      return symptom.code == "aws.probe.blind" && cause.source < symptom.source
    default: return false
    }
  }

  /// What cannot come either where our own call does not come out.
  private static func silenced(by ends: Set<PathKind>) -> Set<String> {
    var stages: Set<String> = []
    if ends.contains(.s3) { stages.formUnion(["delivery", "digest"]) }
    if ends.contains(.group) { stages.insert("group") }
    return stages
  }

  /// What somebody did to a bucket or group shows in its settings; what was done to group or role, in
  /// what arrives there.
  private static func tampered(
    _ cause: Finding.Identity, _ symptom: Finding.Identity, _ stage: String
  ) -> Bool {
    guard let subject = cause.subject else { return false }
    if symptom.subject.map(plain) == plain(subject) {
      return ["bucket", "key", "posture", "group"].contains(stage)
    }
    return cause.source == symptom.source && stage == "group"
      && (subject.contains(":role/") || subject.contains(":log-group:"))
  }

  /// A log group's ARN is written with and without `:*`.
  private static func plain(_ name: String) -> Substring {
    name.hasSuffix(":*") ? name.dropLast(2) : name[...]
  }

  static func stage(_ code: FailureCode) -> String {
    let parts = code.text.split(separator: ".")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  static func isAge(_ code: FailureCode) -> Bool {
    code.text.hasSuffix(".late") || code.text.hasSuffix(".silent")
  }
}
