import WatchCore

/// Which failure explains which: symptoms fold under their cause, and are still counted.
enum SymptomRules {
  private static let delivering: Set<String> = ["delivery", "digest", "group"]

  /// Whether `cause` explains `symptom`, where both hold at once.
  static func explains(
    _ cause: Finding.Identity, at causePlace: Place, _ symptom: Finding.Identity,
    at place: Place, bucket: (SourceID) -> String?
  ) -> Bool {
    guard cause != symptom, causePlace.account == place.account else { return false }
    let stage = Self.stage(symptom.code)
    switch cause.code {
    case "aws.trail.stopped", "aws.trail.deleted":
      return cause.source == symptom.source && delivering.contains(stage)
        || cause.code == "aws.trail.deleted" && symptom.code == "aws.trail.none"
    case "aws.bucket.blocked":
      return ["delivery", "digest"].contains(stage) && bucket(symptom.source) == cause.subject
    case "aws.delivery.error":
      return cause.source == symptom.source && isAge(symptom.code)
        && ["delivery", "digest"].contains(stage)
    case "aws.digest.error", "aws.group.error":
      return cause.source == symptom.source && stage == Self.stage(cause.code)
        && isAge(symptom.code)
    case "aws.delivery.silent", "aws.digest.silent", "aws.group.silent":
      return cause.subject == symptom.subject && symptom.code.text.hasSuffix(".late")
        && stage == Self.stage(cause.code)
    case "aws.trail.none": return symptom.code == "aws.region.uncovered"
    case "aws.probe.blind":
      return symptom.code == "aws.probe.blind" && cause.source < symptom.source
    default: return false
    }
  }

  static func stage(_ code: FailureCode) -> String {
    let parts = code.text.split(separator: ".")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  private static func isAge(_ code: FailureCode) -> Bool {
    code.text.hasSuffix(".late") || code.text.hasSuffix(".silent")
  }
}
