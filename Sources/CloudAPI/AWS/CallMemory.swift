import Foundation
import Synchronization

/// What calls of one account learn and share: where buckets are, how far the clocks differ.
final class CallMemory: Sendable {
  private struct State {
    var bucketRegions: [String: String] = [:]
    var skewSeconds: Double?
  }

  /// More buckets than any watch looks at; past it the memory starts afresh.
  private static let bucketLimit = 2_000

  private let state = Mutex(State())

  func region(ofBucket bucket: String) -> String? {
    state.withLock { $0.bucketRegions[bucket] }
  }

  func learn(bucket: String, isIn region: String) {
    state.withLock {
      if $0.bucketRegions.count >= Self.bucketLimit { $0.bucketRegions.removeAll() }
      $0.bucketRegions[bucket] = region
    }
  }

  var skewSeconds: Double? {
    state.withLock { $0.skewSeconds }
  }

  func learn(skewSeconds: Double) {
    state.withLock { $0.skewSeconds = skewSeconds }
  }
}
