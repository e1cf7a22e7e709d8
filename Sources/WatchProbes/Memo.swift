import WatchCore

/// So that a probe's work can end early with the reason.
extension Blindness: Error {}

/// Remembers answers for a while, and never asks the same question twice at once. Failures are not
/// remembered: the next look asks again.
actor Memo<Key: Hashable & Sendable, Value: Sendable> {
  /// Asks: what, at which time by the watch's clock, and what the answer was the last time.
  typealias Fetch = @Sendable (Key, Timestamp, Value?) async throws(Blindness) -> Value

  private let fetch: Fetch
  private var kept: [Key: (value: Value, at: Timestamp)] = [:]
  private var running: [Key: (flight: Task<Result<Value, Blindness>, Never>, at: Timestamp)] = [:]

  init(_ fetch: @escaping Fetch) {
    self.fetch = fetch
  }

  /// The answer to a question that was asked no longer ago than `maxAge`. One that is under way since
  /// before that is too old as well: what is looked at after an act must show what the act did.
  func value(
    _ key: Key, at now: Timestamp, maxAge: Duration = .zero
  ) async throws(Blindness) -> Value {
    if let known = kept[key], known.at <= now, now - known.at <= maxAge, maxAge > .zero {
      return known.value
    }
    if let asked = running[key], asked.at >= now || now - asked.at <= maxAge {
      return try await asked.flight.value.get()
    }
    let fetch = fetch
    let before = kept[key]?.value
    let flight = Task { () async -> Result<Value, Blindness> in
      do throws(Blindness) {
        return .success(try await fetch(key, now, before))
      } catch {
        return .failure(error)
      }
    }
    running[key] = (flight, now)
    let result = await flight.value
    if running[key]?.flight == flight { running[key] = nil }
    if case .success(let value) = result, kept[key].map({ $0.at <= now }) ?? true {
      kept[key] = (value, now)
    }
    return try result.get()
  }

  /// The last answer that came, however old.
  func last(_ key: Key) -> Value? { kept[key]?.value }
}
