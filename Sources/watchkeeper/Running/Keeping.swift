import Synchronization

/// Whether the last sightings could be written: known to whoever writes them, told by its pulse.
final class Keeping: Sendable {
  private let fails = Atomic<Bool>(false)

  var isWell: Bool { !fails.load(ordering: .relaxed) }

  func take<Failure>(_ kept: Result<Void, Failure>) {
    if case .failure = kept {
      fails.store(true, ordering: .relaxed)
    } else {
      fails.store(false, ordering: .relaxed)
    }
  }
}
