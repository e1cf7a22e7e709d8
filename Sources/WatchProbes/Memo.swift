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
  private var running: [Key: Task<Result<Value, Blindness>, Never>] = [:]

  init(_ fetch: @escaping Fetch) {
    self.fetch = fetch
  }

  /// The answer, no older than `maxAge`.
  func value(
    _ key: Key, at now: Timestamp, maxAge: Duration = .zero
  ) async throws(Blindness) -> Value {
    if let known = kept[key], known.at <= now, now - known.at <= maxAge, maxAge > .zero {
      return known.value
    }
    if let flight = running[key] { return try await flight.value.get() }
    let fetch = fetch
    let before = kept[key]?.value
    let flight = Task { () async -> Result<Value, Blindness> in
      do throws(Blindness) {
        return .success(try await fetch(key, now, before))
      } catch {
        return .failure(error)
      }
    }
    running[key] = flight
    let result = await flight.value
    running[key] = nil
    if case .success(let value) = result { kept[key] = (value, now) }
    return try result.get()
  }

  /// The last answer that came, however old.
  func last(_ key: Key) -> Value? { kept[key]?.value }
}
