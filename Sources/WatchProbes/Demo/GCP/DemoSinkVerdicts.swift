import CloudAPI
import EventRules
import Synchronization

/// What a sink lets through, decided once for each kind of entry: entries of one kind differ in time
/// and id alone.
final class DemoSinkVerdicts: Sendable {
  private let known = Mutex<[String: Bool]>([:])

  /// - Parameter entry: made where the verdict is not known yet.
  func takes(_ sink: JSONValue, _ kind: String, _ entry: () -> JSONValue) -> Bool {
    guard sink["disabled"]?.bool != true else { return false }
    let key = "\(kind) \(sink["filter"]?.string ?? "") \(sink["exclusions"]?.text ?? "")"
    if let verdict = known.withLock({ $0[key] }) { return verdict }
    let verdict = Self.judge(sink, EventValue(entry()))
    known.withLock { $0[key] = verdict }
    return verdict
  }

  /// By its filter, and by none of its exclusions.
  private static func judge(_ sink: JSONValue, _ entry: EventValue) -> Bool {
    func matches(_ text: String?) -> Bool {
      guard let filter = try? LoggingFilter(text ?? "") else { return false }
      return filter.matches(entry) == .yes
    }
    guard matches(sink["filter"]?.string) else { return false }
    return !(sink["exclusions"]?.array ?? []).contains { exclusion in
      exclusion["disabled"]?.bool != true && matches(exclusion["filter"]?.string)
    }
  }
}
