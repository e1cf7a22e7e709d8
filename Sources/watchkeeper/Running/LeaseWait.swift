import Posix
import Synchronization
import WatchCore
import WatchJournal

/// Waits for a state folder's lease, on a thread of its own: a service that stands by, or a console
/// that attends another's watch. Looks once a second; see ``LeaseView`` for what it makes of that.
final class LeaseWait: Sendable {
  /// A lease that is ours now.
  struct Won: Sendable {
    var lease: JournalLock
    /// What became of the holder before; nil where there was none to wait for.
    var text: String?
  }

  private let folder: StateFolder
  private let holder: JournalLock.Holder
  private let patience: Int
  private let failed: @Sendable (String) -> Void
  private let end: WakePipe
  private let isEnded = Atomic<Bool>(false)

  /// - Parameters:
  ///   - patience: looks for which a free lease is left to others.
  ///   - failed: is told, at each look, why a lease that may be taken cannot be.
  init(
    _ session: ConsoleSession, as role: JournalLock.Role, patience: Int,
    failed: @escaping @Sendable (String) -> Void
  ) throws(PosixError) {
    self.failed = failed
    folder = session.folder
    holder = JournalLock.Holder(
      pid: session.surroundings.pid, host: session.surroundings.host, role: role)
    self.patience = patience
    end = try WakePipe()
  }

  func stop() {
    isEnded.store(true, ordering: .releasing)
    end.wake()
  }

  /// Is told of each look, on the waiting thread: what was seen, what it means, and whether the holder
  /// can write.
  typealias Seen = @Sendable (LeaseView.Look, LeaseView.Finding, Bool) -> Void

  /// Nil after ``stop()``.
  func wait(seen: @escaping Seen) async -> Won? {
    await PosixThread.run(named: "lease") { self.run(seen) }
  }

  private func run(_ seen: Seen) -> Won? {
    var view = LeaseView()
    while !isEnded.load(ordering: .acquiring) {
      let look = LeaseView.Look.now(folder)
      let finding = view.take(look)
      seen(look, finding, view.canWrite)
      if let won = win(look, finding) { return won }
      askForIt(look)
      pause()
    }
    return nil
  }

  /// A second; a service that waits for nothing but a free lease notices that sooner.
  private func pause() {
    let isEager = patience == 0
    for _ in 0..<(isEager ? 5 : 1) {
      _ = Poller.wait([end.readDescriptor], timeoutMillis: isEager ? 200 : 1000)
      if isEnded.load(ordering: .acquiring) || isEager && !JournalLock.isHeld(folder) { return }
    }
  }

  private func take(_ taking: () throws(JournalError) -> JournalLock.Outcome) -> JournalLock
    .Outcome?
  {
    do throws(JournalError) {
      return try taking()
    } catch {
      failed("\(error)")
      return nil
    }
  }

  /// What fails here (a read-only folder, no more room for a file) is said, and tried again at the
  /// next look.
  private func win(_ look: LeaseView.Look, _ finding: LeaseView.Finding) -> Won? {
    switch finding {
    case .gone(let looks) where looks > patience:
      guard
        case .taken(let lease)? = take({ () throws(JournalError) in
          try JournalLock.take(folder, as: holder)
        })
      else { return nil }
      return Won(lease: lease, text: Self.text(look, "which has ended"))
    case .lost(let looks):
      guard
        case .taken(let lease)? = take({ () throws(JournalError) in
          try JournalLock.takeOver(folder, from: look, as: holder)
        })
      else { return nil }
      return Won(
        lease: lease,
        text: Self.text(look, "which holds the lease and has stood still for \(looks) s"))
    case .alive, .still, .gone: return nil
    }
  }

  /// A service takes a console's watch over: the console's own ends with the operator's terminal.
  private func askForIt(_ look: LeaseView.Look) {
    guard holder.role == .watch, look.isHeld, look.holder?.role == .console else { return }
    try? RequestFolder(folder).leave(
      .lease(pid: holder.pid, host: holder.host), name: "lease-\(holder.pid)")
  }

  private static func text(_ look: LeaseView.Look, _ what: String) -> String? {
    let epoch = look.beat.map { "watch \($0.epoch), " } ?? ""
    return look.holder.map { "took over from \(epoch)\($0.text), \(what)" }
  }
}
