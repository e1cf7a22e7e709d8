import CloudAPI
import WatchCore

/// One row of the table of actions that tamper with an audit pipeline, or silently break it.
struct TamperAction: Sendable {
  /// What an act comes to, as far as its record tells.
  typealias Meaning = @Sendable (TamperReading) -> TamperVerdict

  /// The first label of the record's eventSource: `s3`, `kms`, `monitoring`.
  var service: String
  /// As CloudTrail records it, which for some calls is not the API's name.
  var name: String
  var stage: PipelineChange.Stage
  /// How the record names the part that was acted on.
  var naming: PartNaming
  /// Asked for by name where there were too many events to read them all.
  var isUrgent: Bool
  var meaning: Meaning
}

/// What an act does to the pipeline.
struct TamperVerdict: Hashable, Sendable {
  var harm: PipelineChange.Harm
  /// What it set, in words: `actionsEnabled false`.
  var difference: [String] = []
  /// Of a trail's update, see ``PipelineChange/settings``.
  var settings: JSON?
  /// Of a bucket's policy, see ``PipelineChange/refusesTrail``.
  var refusesTrail: Bool?

  static let cuts = TamperVerdict(harm: .cuts)
  static let shrinks = TamperVerdict(harm: .shrinks)
  static let changes = TamperVerdict(harm: .changes)
  static let widens = TamperVerdict(harm: .widens)

  static func cuts(_ difference: String...) -> TamperVerdict {
    TamperVerdict(harm: .cuts, difference: difference)
  }

  static func shrinks(_ difference: String...) -> TamperVerdict {
    TamperVerdict(harm: .shrinks, difference: difference)
  }

  static func changes(_ difference: String...) -> TamperVerdict {
    TamperVerdict(harm: .changes, difference: difference)
  }

  static func widens(_ difference: String...) -> TamperVerdict {
    TamperVerdict(harm: .widens, difference: difference)
  }
}

/// How a record names what was acted on.
enum PartNaming: Hashable, Sendable {
  case trail, bucket, key, role, group
  /// A metric filter: its group and its name.
  case filter
  case alarm, rule, bus, schedule, function, topic, subscription, queue
  /// The account as a whole.
  case account
}

/// A record under judgement.
struct TamperReading: Sendable {
  var record: AuditRecord
  /// The parts of ours that it names; empty for the account as a whole.
  var parts: [KnownPart]

  /// By any of these names, first in the request: CloudTrail writes names in camel case, S3's as the
  /// API has them.
  func value(_ path: String...) -> JSONValue? { value(path) }

  private func value(_ path: [String]) -> JSONValue? {
    var value = record.parameters
    for name in path { value = value?.member(name) }
    return value.flatMap { $0.isNull ? nil : $0 }
  }

  /// A text, also where it is a number or a boolean, or a list with one of these in it.
  func text(_ path: String...) -> String? { value(path)?.word }

  func flag(_ path: String...) -> Bool? {
    value(path)?.word.flatMap { Bool($0.lowercased()) }
  }

  func number(_ path: String...) -> Int? {
    value(path)?.word.flatMap { Double($0) }.flatMap { Int(exactly: $0.rounded()) }
  }

  /// Days that records must be kept, by the strictest of the sources concerned.
  var retentionDays: Int { parts.map(\.retentionDays).max() ?? RetentionBar.standard.days }
}

extension JSONValue {
  /// The member of that name, without regard to case.
  func member(_ name: String) -> JSONValue? {
    if let exact = self[name] { return exact }
    let low = name.lowercased()
    return members?.first { $0.name.lowercased() == low }?.value
  }

  /// A plain value's text; of a list with one element, that element's.
  var word: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .array(let values) where values.count == 1: values[0].word
    case .null, .array, .object: nil
    }
  }

  /// The value itself or, of a list, each of its elements: XML that became JSON has both forms.
  var each: [JSONValue] { array ?? [self] }
}
