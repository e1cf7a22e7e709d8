import WatchCore

/// Which log objects were searched for echoes, so that each is opened once; bounded by what is still
/// waited for.
struct EchoFiles: Sendable {
  private var searched: [String: Timestamp] = [:]
  /// Objects that could not be read: an echo may be in any of them.
  private var unread: [(modified: Timestamp, why: Blindness)] = []

  func isSearched(_ object: LogObject) -> Bool { searched[object.key] == object.modified }

  mutating func keep(_ object: LogObject, unread why: Blindness?) {
    searched[object.key] = object.modified
    if let why { unread.append((object.modified, why)) }
  }

  /// Forgets what is older than anything that is waited for.
  mutating func trim(before oldest: Timestamp) {
    searched = searched.filter { $0.value >= oldest }
    unread.removeAll { $0.modified < oldest }
  }

  /// Why it cannot be said that a call of that time is in no object.
  func blindness(since sent: Timestamp) -> Blindness? {
    unread.first { $0.modified >= sent }?.why
  }
}
