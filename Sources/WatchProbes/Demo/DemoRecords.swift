import CloudAPI
import Synchronization

/// Records that were made already: each is asked for by many looks, and is the same each time.
final class DemoRecords: Sendable {
  struct Name: Hashable, Sendable {
    var id: String
    var status: String
    var name: String
    var at: Int
  }

  private let made = Mutex<[Name: JSONValue]>([:])
  /// So many are some hours of an estate; then it begins anew.
  private static let limit = 4096

  func record(_ name: Name, _ make: () -> JSONValue) -> JSONValue {
    if let known = made.withLock({ $0[name] }) { return known }
    let record = make()
    made.withLock { made in
      if made.count >= Self.limit { made = [:] }
      made[name] = record
    }
    return record
  }
}
