import Foundation

/// Keeps one set of credentials and renews it ahead of its end, one renewal at a time.
actor CredentialCache {
  private let clock: CallClock
  private let fetch: @Sendable () async -> Result<AWSCredentials, AWSError>
  private var held: Held?
  private var renewal: Task<Result<AWSCredentials, AWSError>, Never>?
  /// Before this moment a failed early renewal is not tried again.
  private var notBefore = Date.distantPast

  private struct Held {
    var credentials: AWSCredentials
    /// From here on a renewal is tried; until `expires` its failure does not matter.
    var renewFrom: Date?
    var since: Date
  }

  /// The last moments are not used: a request signed then may arrive too late. In seconds.
  private static let unsafeSeconds = 60.0
  /// Keys held for less are not fetched again because AWS does not know them. In seconds.
  private static let youngSeconds = 300.0
  /// After a failed early renewal, in seconds.
  private static let pauseSeconds = 60.0

  init(
    clock: CallClock, fetch: @escaping @Sendable () async -> Result<AWSCredentials, AWSError>
  ) {
    self.clock = clock
    self.fetch = fetch
  }

  /// Credentials that are good now.
  func current() async throws(AWSError) -> AWSCredentials {
    guard let held else { return try await renewed() }
    let now = clock.now()
    guard let expires = held.credentials.expires else { return held.credentials }
    if now >= expires.addingTimeInterval(-Self.unsafeSeconds) { return try await renewed() }
    guard let from = held.renewFrom, now >= from, now >= notBefore else { return held.credentials }
    do {
      return try await renewed()
    } catch {
      notBefore = now.addingTimeInterval(Self.pauseSeconds * (1 + clock.random()))
      return held.credentials
    }
  }

  /// AWS would not take them: the next call fetches anew. Keys that AWS does not know may be
  /// refused by one region for ever (one that is not enabled), so young ones are kept.
  /// - Returns: whether another try makes sense.
  func drop(haveExpired: Bool) -> Bool {
    guard let held else { return true }
    if !haveExpired, clock.now().timeIntervalSince(held.since) < Self.youngSeconds { return false }
    self.held = nil
    return true
  }

  private func renewed() async throws(AWSError) -> AWSCredentials {
    if let renewal { return try usable(await renewal.value) }
    // A task of its own: one cancelled caller must not fail the others that wait for it.
    let task = Task { await fetch() }
    renewal = task
    let result = await task.value
    renewal = nil
    let fresh = try usable(result)
    held = Held(credentials: fresh, renewFrom: renewFrom(fresh), since: clock.now())
    return fresh
  }

  private func usable(
    _ result: Result<AWSCredentials, AWSError>
  ) throws(AWSError) -> AWSCredentials {
    let fresh = try result.get()
    if let expires = fresh.expires, expires <= clock.now() {
      throw .credentials(.expired(source: fresh.source))
    }
    return fresh
  }

  /// Five to ten minutes before the end, never in the first half of a short life.
  private func renewFrom(_ credentials: AWSCredentials) -> Date? {
    guard let expires = credentials.expires else { return nil }
    let life = expires.timeIntervalSince(clock.now())
    let ahead = min(300 + 300 * clock.random(), life / 2)
    return expires.addingTimeInterval(-ahead)
  }
}
