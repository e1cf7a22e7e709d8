import Synchronization

/// What is said again only where it has changed: failures of something that is tried each second.
final class Once: Sendable {
  private let last = Mutex<String?>(nil)

  func isNew(_ text: String?) -> Bool {
    last.withLock { last in
      defer { last = text }
      return last != text
    }
  }
}
