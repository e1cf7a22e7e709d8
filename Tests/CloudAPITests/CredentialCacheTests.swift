import Foundation
import Synchronization
import Testing

@testable import CloudAPI

@Suite struct CredentialCacheTests {
  /// Makes keys that live an hour, counts how often, and fails when told to.
  final class Source: Sendable {
    private struct State {
      var count = 0
      var isBroken = false
    }

    private let state = Mutex(State())
    private let time: ManualTime
    private let life: Double?

    init(_ time: ManualTime, life: Double? = 3_600) {
      self.time = time
      self.life = life
    }

    var count: Int { state.withLock { $0.count } }
    func breakDown() { state.withLock { $0.isBroken = true } }

    var cache: CredentialCache {
      CredentialCache(clock: time.clock) { [self] in
        await Task.yield()
        return state.withLock {
          $0.count += 1
          if $0.isBroken { return .failure(.credentials(.nothingConfigured(tried: []))) }
          return .success(
            AWSCredentials(
              accessKeyID: "KEY\($0.count)", secretAccessKey: Secret("s"),
              expires: life.map { time.now.addingTimeInterval($0) }, source: "test"))
        }
      }
    }
  }

  @Test func renewsAheadOfTheEnd() async throws {
    let time = ManualTime(random: 0.5)
    let cache = Source(time).cache
    var line = ""
    for _ in 0..<13 {
      line += try await cache.current().accessKeyID.suffix(1)
      time.advance(300)
    }
    // An hour's keys, asked every five minutes; renewal falls due 450 s before the end.
    #expect(line == "1111111111122")
  }

  @Test func jitterMovesTheRenewal() async throws {
    for (random, due) in [(0.0, 3_300.0), (0.999, 3_001)] {
      let time = ManualTime(random: random)
      let source = Source(time)
      let cache = source.cache
      _ = try await cache.current()
      time.advance(due - 2)
      _ = try await cache.current()
      #expect(source.count == 1)
      time.advance(3)
      _ = try await cache.current()
      #expect(source.count == 2)
    }
  }

  @Test func oneRenewalAtATime() async throws {
    let source = Source(ManualTime())
    let cache = source.cache
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await cache.current().accessKeyID } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids == ["KEY1"])
    #expect(source.count == 1)
  }

  @Test func aFailedEarlyRenewalLeavesTheOldKeysAndWaits() async throws {
    let time = ManualTime(random: 0)
    let source = Source(time)
    let cache = source.cache
    _ = try await cache.current()
    source.breakDown()
    time.advance(3_400)
    for _ in 0..<5 { #expect(try await cache.current().accessKeyID == "KEY1") }
    #expect(source.count == 2)
    time.advance(61)
    _ = try await cache.current()
    #expect(source.count == 3)
    time.advance(100)
    await #expect(throws: AWSError.credentials(.nothingConfigured(tried: []))) {
      try await cache.current()
    }
  }

  @Test func droppedKeysAreFetchedAnew() async throws {
    let source = Source(ManualTime(), life: nil)
    let cache = source.cache
    #expect(try await cache.current().accessKeyID == "KEY1")
    #expect(await !cache.drop(haveExpired: false))
    #expect(await cache.drop(haveExpired: true))
    #expect(try await cache.current().accessKeyID == "KEY2")
  }

  @Test func unknownKeysAreFetchedAnewOnceTheyAreOld() async throws {
    let time = ManualTime()
    let source = Source(time, life: nil)
    let cache = source.cache
    _ = try await cache.current()
    time.advance(299)
    #expect(await !cache.drop(haveExpired: false))
    time.advance(2)
    #expect(await cache.drop(haveExpired: false))
    #expect(try await cache.current().accessKeyID == "KEY2")
  }

  @Test func expiredFromTheStartIsAnError() async {
    let cache = Source(ManualTime(), life: -5).cache
    await #expect(throws: AWSError.credentials(.expired(source: "test"))) {
      try await cache.current()
    }
  }

  @Test func aShortLifeIsNotRenewedAtEveryCall() async throws {
    let time = ManualTime(random: 0)
    let source = Source(time, life: 240)
    let cache = source.cache
    for _ in 0..<10 {
      _ = try await cache.current()
      time.advance(10)
    }
    #expect(source.count == 1)
  }
}
