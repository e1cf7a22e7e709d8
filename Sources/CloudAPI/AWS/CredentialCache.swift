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
  }

  /// The last moments are not used: a request signed then may arrive too late. In seconds.
  private static let unsafeSeconds = 60.0
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

  /// AWS would not take them: the next call fetches anew.
  func drop() {
    held = nil
  }

  private func renewed() async throws(AWSError) -> AWSCredentials {
    if let renewal { return try await renewal.value.get() }
    // A task of its own: one cancelled caller must not fail the others that wait for it.
    let task = Task { await fetch() }
    renewal = task
    let result = await task.value
    renewal = nil
    let fresh = try result.get()
    if let expires = fresh.expires, expires <= clock.now() {
      throw .credentials(.expired(source: fresh.source))
    }
    held = Held(credentials: fresh, renewFrom: renewFrom(fresh))
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
