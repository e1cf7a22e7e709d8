import Synchronization
import WatchCore

/// The runbook commands of this process that run, or whose end no watch has taken yet. It outlives
/// the watch that began them: the last one of the process writes what became of all.
public final class RunningRemedies: Sendable {
  private let all = Mutex<[Remedy]>([])

  public init() {}

  public var isEmpty: Bool { all.withLock { $0.isEmpty } }

  /// It is about to run.
  public func begin(_ remedy: Remedy) {
    all.withLock { $0.append(remedy) }
  }

  /// Gives what came of one to a watch. It is kept where that one does not take it, and ``takeAll()``
  /// finds it kept, or running, or taken: never in between.
  public func hand(_ ran: Remedy, to take: () -> Bool) -> Bool {
    all.withLock { all in
      let isTaken = take()
      guard let index = all.firstIndex(of: ran) ?? all.firstIndex(of: ran.begun) else {
        return isTaken
      }
      if isTaken { all.remove(at: index) } else { all[index] = ran }
      return isTaken
    }
  }

  /// What is to be written where this process ends: of one that still runs, that nobody waited.
  public func takeAll() -> [Remedy] {
    all.withLock { all in
      defer { all = [] }
      return all.map { $0.status == nil ? $0.unwaited : $0 }
    }
  }
}

extension Remedy {
  /// As it was when it was about to run.
  fileprivate var begun: Remedy {
    var remedy = self
    (remedy.status, remedy.output) = (nil, nil)
    return remedy
  }
}
