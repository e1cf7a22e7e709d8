import Foundation

/// Keeps a token for each audience and renews it ahead of its end, one renewal at a time.
actor TokenCache {
  typealias Fetch = @Sendable (_ audience: String) async -> Result<BearerToken, CloudError>

  private let clock: CallClock
  private let fetch: Fetch
  private var held: [String: Held] = [:]
  private var renewals: [String: Task<Result<BearerToken, CloudError>, Never>] = [:]
  /// Before these moments a failed early renewal is not tried again.
  private var notBefore: [String: Date] = [:]
  /// When a token was last given up because the cloud did not know it.
  private var givenUp: [String: Date] = [:]

  private struct Held {
    var token: BearerToken
    /// From here on a renewal is tried; until `unsafeFrom` its failure does not matter.
    var renewFrom: Date
    /// From here on it may run out on the way.
    var unsafeFrom: Date
  }

  /// The last moments are not used, in seconds; less of a short life.
  private static let unsafeSeconds = 60.0
  /// After a failed early renewal, and between two tokens given up without having run out: a cloud
  /// that takes none of our tokens must not be asked for one with each call. In seconds.
  private static let pauseSeconds = 60.0

  init(clock: CallClock, fetch: @escaping Fetch) {
    self.clock = clock
    self.fetch = fetch
  }

  /// A token that is good now.
  func current(_ audience: String) async throws(CloudError) -> BearerToken {
    guard let held = held[audience] else { return try await renewed(audience) }
    let now = clock.now()
    if now >= held.unsafeFrom { return try await renewed(audience) }
    guard now >= held.renewFrom, now >= notBefore[audience] ?? .distantPast else {
      return held.token
    }
    do {
      return try await renewed(audience)
    } catch {
      notBefore[audience] = now.addingTimeInterval(Self.pauseSeconds * (1 + clock.random()))
      return held.token
    }
  }

  /// The cloud would not take this one: the next call fetches anew.
  /// - Returns: whether another try makes sense.
  func drop(_ audience: String, _ token: BearerToken, hasExpired: Bool) -> Bool {
    // Another call has renewed it meanwhile.
    guard let current = held[audience], current.token == token else { return true }
    let now = clock.now()
    if !hasExpired {
      let last = givenUp[audience] ?? .distantPast
      guard now.timeIntervalSince(last) >= Self.pauseSeconds else { return false }
      givenUp[audience] = now
    }
    held[audience] = nil
    return true
  }

  private func renewed(_ audience: String) async throws(CloudError) -> BearerToken {
    if let renewal = renewals[audience] { return try usable(await renewal.value) }
    // A task of its own: one cancelled caller must not fail the others that wait for it.
    let fetch = fetch
    let task = Task { await fetch(audience) }
    renewals[audience] = task
    let result = await task.value
    renewals[audience] = nil
    let fresh = try usable(result)
    held[audience] = keep(fresh)
    return fresh
  }

  private func usable(_ result: Result<BearerToken, CloudError>) throws(CloudError) -> BearerToken {
    let fresh = try result.get()
    if let expires = fresh.expires, expires <= clock.now() {
      throw .signIn(.expired(source: fresh.source))
    }
    return fresh
  }

  /// Renewed five to ten minutes before the end, never in the first half of a short life.
  private func keep(_ token: BearerToken) -> Held {
    guard let expires = token.expires else {
      return Held(token: token, renewFrom: .distantFuture, unsafeFrom: .distantFuture)
    }
    let life = expires.timeIntervalSince(clock.now())
    return Held(
      token: token,
      renewFrom: expires.addingTimeInterval(-min(300 + 300 * clock.random(), life / 2)),
      unsafeFrom: expires.addingTimeInterval(-min(Self.unsafeSeconds, life / 4)))
  }
}
