import Posix
import Synchronization
import WatchCore
import WatchEngine
import WatchJournal

/// The service's life: stands by until the lease is its own, watches, begins anew with another
/// configuration, and stands by again where another watch has taken over.
final class ServiceRun: Sendable {
  private struct State {
    var session: ConsoleSession
    /// A configuration that is to be taken; nil: none.
    var next: ConsoleSession?
    var live: LiveWatch?
    var wait: LeaseWait?
    var isEnding = false
    var failure: ProgramError?
  }

  let mailbox: Mailbox
  private let notice: NotifySocket?
  private let readiness: Readiness
  private let state: Mutex<State>

  init(_ session: ConsoleSession, notice: NotifySocket?, mailbox: Mailbox) {
    (self.notice, self.mailbox) = (notice, mailbox)
    readiness = Readiness(notice)
    state = Mutex(State(session: session))
  }

  /// What ended it, if it was neither asked nor done.
  var failure: ProgramError? { state.withLock { $0.failure } }

  func start() {
    for remark in state.withLock({ $0.session.remarks }) { mailbox.post(.say(remark)) }
    Task.detached { [self] in
      await run()
      notice?.send("STOPPING=1")
      mailbox.end()
    }
  }

  func stop(saying text: String) {
    notice?.send("STOPPING=1")
    let (live, wait) = state.withLock { state in
      state.isEnding = true
      return (state.live, state.wait)
    }
    live?.watch.stop(saying: text)
    wait?.stop()
  }

  /// Watches by another configuration from now on, where it is another.
  func reload(_ session: ConsoleSession) {
    let (live, isSame) = state.withLock { state in
      let isSame = session.plan == (state.next ?? state.session).plan
      if !isSame { state.next = session }
      return (state.live, isSame)
    }
    guard !isSame else {
      mailbox.post(.say("the configuration is as it was: nothing has changed"))
      return
    }
    guard let live else {
      mailbox.post(.say("the configuration has changed: read again when this watch begins"))
      return
    }
    notice?.send("RELOADING=1", "MONOTONIC_USEC=\(MonotonicClock.millis() * 1000)")
    mailbox.post(.say("the configuration has changed: the watch begins anew with it"))
    live.watch.stop(saying: "begins anew with another configuration")
  }

  private func run() async {
    var lease: JournalLock?
    var began: String?
    while !state.withLock({ $0.isEnding }) {
      if lease == nil {
        guard let won = await standBy() else { return }
        (lease, began) = (won.lease, won.text)
        // Whoever held it may have been told to read another configuration meanwhile, and what this
        // one was told of while it stood by may be older than the file is now.
        let before = state.withLock { $0 }
        if won.text != nil, let reread = before.session.reread?() {
          state.withLock { state in
            state.session = reread
            // Told of another one just now: that is the newer one.
            if state.next?.plan == before.next?.plan { state.next = nil }
          }
        }
      }
      guard let held = lease, let live = await open(held, began) else { return }
      began = nil
      let ending = await live.run(notice: notice)
      state.withLock { $0.live = nil }
      guard case .superseded(let why) = ending else { continue }
      mailbox.post(.say("\(why); standing by"))
      held.release()
      lease = nil
    }
    lease?.release()
    if let why = readiness.unsaved {
      fail("the journal was not saved to the end: \(why)", status: 74)
    }
  }

  private func standBy() async -> LeaseWait.Won? {
    let wait: LeaseWait
    do throws(PosixError) {
      wait = try LeaseWait(state.withLock { $0.session }, as: .watch, patience: 0) {
        [readiness, mailbox] why in
        if readiness.cannotBegin(why) { mailbox.post(.say("the watch cannot begin: \(why)")) }
      }
    } catch {
      fail("\(error)")
      return nil
    }
    let isEnding = state.withLock { state in
      state.wait = wait
      return state.isEnding
    }
    guard !isEnding else { return nil }
    let told = Mutex(false)
    let won = await wait.wait { [notice, mailbox] look, _, _ in
      notice?.send("WATCHDOG=1")
      guard look.isHeld,
        !told.withLock({ told in
          defer { told = true }; return told
        })
      else {
        return
      }
      let who = look.holder?.text ?? "another watch"
      mailbox.post(.say("\(who) holds the lease: standing by"))
      notice?.send("READY=1", "STATUS=standing by, \(who) holds the lease")
    }
    state.withLock { $0.wait = nil }
    return won
  }

  private func open(_ lease: JournalLock, _ began: String?) async -> LiveWatch? {
    let session = state.withLock { state in
      state.session = state.next ?? state.session
      state.next = nil
      return state.session
    }
    do throws(JournalError) {
      let live = try await LiveWatch.open(
        session, lease: lease, LiveWatch.Manner(hasScreen: false, role: .watch, began: began)
      ) { [mailbox, readiness] news in
        if case .board(let board) = news { readiness.take(board) }
        mailbox.post(news)
      }
      readiness.begin(live.store.epoch, live.store.folder.path)
      for remark in live.remarks { mailbox.post(.say(remark)) }
      let stops = state.withLock { state in
        state.live = live
        return state.isEnding || state.next != nil
      }
      if stops { live.watch.stop() }
      return live
    } catch {
      fail("\(error)")
      return nil
    }
  }

  private func fail(_ text: String, status: Int32 = 73) {
    state.withLock { $0.failure = $0.failure ?? ProgramError(text, status: status) }
  }
}
