import WatchCore

/// The table of actions, as data: API names checked against botocore's models, recorded names where
/// they differ from them (CloudTrail User Guide; the rules that Elastic and Panther publish). A trail
/// may keep saying that it logs for all of these but StopLogging.
enum TamperTable {
  static let all: [TamperAction] = storage + alerting + account

  /// The row of a recorded action; Lambda records its names with the API's date behind them.
  static func row(_ service: String?, _ action: String) -> TamperAction? {
    let rows = byName[action] ?? byName[withoutDate(action)]
    guard let rows else { return nil }
    guard let service else { return rows.first }
    return rows.first { service == $0.service || service.hasPrefix("\($0.service).") }
  }

  /// Names to ask for one by one, in the order of their weight.
  static let urgent: [String] = {
    var seen: Set<String> = []
    return all.filter(\.isUrgent).map(\.name).filter { seen.insert($0).inserted }
  }()

  /// Requests to IAM that were made so large that nobody can tell what they did: the row for those
  /// that have none of their own.
  static func isEvasion(_ record: AuditRecord) -> Bool {
    record.isOmitted && (record.service?.hasPrefix("iam.") ?? false)
  }

  private static let byName = Dictionary(grouping: all, by: \.name)

  /// `UpdateFunctionCode20150331v2` → `UpdateFunctionCode`
  private static func withoutDate(_ name: String) -> String {
    var bytes = Array(name.utf8)
    if bytes.count > 2, bytes[bytes.count - 2] == UInt8(ascii: "v") { bytes.removeLast(2) }
    guard bytes.count > 8, bytes.suffix(8).allSatisfy({ (0x30...0x39).contains($0) }) else {
      return name
    }
    return String(decoding: bytes.dropLast(8), as: UTF8.self)
  }

  static func rows(
    _ service: String, _ stage: PipelineChange.Stage, _ naming: PartNaming, _ names: [Name]
  ) -> [TamperAction] {
    names.map {
      TamperAction(
        service: service, name: $0.text, stage: stage, naming: naming, isUrgent: $0.isUrgent,
        meaning: $0.meaning)
    }
  }

  /// A name and its meaning; urgent unless it says otherwise.
  struct Name: Sendable {
    var text: String
    var isUrgent: Bool
    var meaning: TamperAction.Meaning

    static func now(_ text: String, _ meaning: @escaping TamperAction.Meaning) -> Name {
      Name(text: text, isUrgent: true, meaning: meaning)
    }

    static func now(_ text: String, _ verdict: TamperVerdict) -> Name {
      Name(text: text, isUrgent: true) { _ in verdict }
    }

    static func also(_ text: String, _ meaning: @escaping TamperAction.Meaning) -> Name {
      Name(text: text, isUrgent: false, meaning: meaning)
    }

    static func also(_ text: String, _ verdict: TamperVerdict) -> Name {
      Name(text: text, isUrgent: false) { _ in verdict }
    }
  }
}
