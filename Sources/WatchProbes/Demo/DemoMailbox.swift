import Synchronization

/// The watch's own queue: which messages it has deleted, and which it holds for now.
final class DemoMailbox: Sendable {
  private struct State {
    var deleted: Set<String> = []
    /// Until when a message is hidden, in seconds from the start.
    var hidden: [String: Int] = [:]
  }

  private let state = Mutex(State())
  /// Seconds for which a received message is hidden.
  static let visibility = 120

  /// The first of these ids that may be received now; they are hidden from then on.
  func take(_ ids: [String], most: Int, at now: Int) -> [String] {
    state.withLock { state in
      let free = ids.filter { id in
        !state.deleted.contains(id) && state.hidden[id, default: .min] <= now
      }.prefix(most)
      for id in free { state.hidden[id] = now + Self.visibility }
      return Array(free)
    }
  }

  func isEmpty(of ids: [String], at now: Int) -> Bool {
    state.withLock { state in
      ids.allSatisfy { state.deleted.contains($0) || state.hidden[$0, default: .min] > now }
    }
  }

  func delete(_ id: String) {
    state.withLock { state in
      state.deleted.insert(id)
      state.hidden[id] = nil
    }
  }
}
