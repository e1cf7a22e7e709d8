import WatchCore

/// Remembers what was read for a part of a round, and never reads the same thing twice at once. What
/// could not be read is inside of the value: a failure lasts no longer than the rest.
actor SharedReading<Key: Hashable & Sendable, Value: Sendable> {
  private let read: @Sendable (Key) async -> Value
  private let maxAge: Duration
  private var kept: [Key: (value: Value, at: Timestamp)] = [:]
  private var running: [Key: Task<Value, Never>] = [:]

  /// - Parameter maxAge: less than a round, so that each round reads afresh.
  init(maxAge: Duration = .minutes(4), _ read: @escaping @Sendable (Key) async -> Value) {
    self.maxAge = maxAge
    self.read = read
  }

  func value(_ key: Key, at now: Timestamp) async -> Value {
    if let known = kept[key], known.at <= now, now - known.at <= maxAge { return known.value }
    if let flight = running[key] { return await flight.value }
    let read = read
    let flight = Task { await read(key) }
    running[key] = flight
    let value = await flight.value
    running[key] = nil
    kept[key] = (value, now)
    return value
  }
}
