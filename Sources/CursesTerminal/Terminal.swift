import CTerminal
import Glibc
import Posix
import TextCanvas

/// The terminal, from `open` to `close`. It belongs to the main thread and never waits.
///
/// The loop polls `inputDescriptor`, and `waitingOutput` while there is one, and calls `readEvents`
/// after each wake-up. It takes SIGWINCH, SIGTSTP, SIGCONT and the signals that end a program into
/// its wake pipe: SIGWINCH needs no more than a call of `readEvents`, SIGTSTP and Ctrl-Z call
/// `suspend`, SIGCONT `reclaim`, the others `close`.
public final class Terminal {
  /// What may be drawn.
  public let alphabet: Alphabet
  /// The size in cells, as of the last `readEvents`.
  public private(set) var size: TerminalSize

  private let screen: CursesScreen
  private let input: TerminalInput
  private let output: TerminalOutput
  private let leaving: [UInt8]
  private let errorFile: Int32
  private var detour: StandardErrorDetour?
  private var isUp = false
  private var isResumed = false

  /// Takes the terminal on standard input and output, and shows an empty screen with the first
  /// frame. Nothing is written before.
  public init(_ options: TerminalOptions) throws(TerminalError) {
    alphabet = options.alphabet
    size = TerminalSize(of: STDOUT_FILENO) ?? TerminalSize(rows: 24, columns: 80)
    screen = try CursesScreen(
      term: options.term, columns: size.columns, rows: size.rows, monochrome: options.monochrome)
    leaving = Array(BracketedPaste.off.utf8) + screen.leaving
    input = TerminalInput(terminal: STDIN_FILENO)
    output = TerminalOutput(terminal: STDOUT_FILENO)
    errorFile = options.errorFile ?? -1
    guard terminal_guard_install() == 0 else { throw .system(call: "sigaction", code: errno) }
    try enter()
  }

  deinit {
    close()
  }

  /// To be polled for reading.
  public var inputDescriptor: Int32 { STDIN_FILENO }

  /// To be polled for writing, while the terminal has not taken a whole frame yet.
  public var waitingOutput: Int32? { output.isWaiting ? output.pollDescriptor : nil }

  /// Calls of write(2), and bytes, since the terminal was opened.
  public var written: (writes: Int, bytes: Int) { (output.writes, output.bytesWritten) }

  /// Shows a frame: writes what differs from the last one, at once.
  /// - Returns: false when the terminal has not taken the last frame yet; this one is then dropped,
  ///   and the next call shows what is current by then.
  @discardableResult
  public func draw(_ canvas: Canvas) -> Bool {
    guard isUp, output.flush() else { return false }
    output.send(screen.frame(canvas))
    return true
  }

  /// Makes the next frame a whole one: somebody else wrote on the screen (Ctrl-L).
  public func redraw() {
    screen.forget()
  }

  /// What happened since the last time; never waits, except 25 ms after an Esc.
  public func readEvents() -> [TerminalEvent] {
    output.flush()
    var events: [TerminalEvent] = []
    if isResumed {
      isResumed = false
      events.append(.resumed)
    }
    if let now = TerminalSize(of: STDOUT_FILENO), now != size {
      size = now
      screen.resize(columns: now.columns, rows: now.rows)
      events.append(.resized(columns: now.columns, rows: now.rows))
    }
    events += input.read()
    if output.isBroken, !input.isGone { events.append(.hangUp) }
    return events
  }

  /// Gives the terminal back and stops the program's job, as Ctrl-Z does elsewhere; returns when it
  /// goes on. Where no shell could continue it, it is not stopped. `.resumed` follows.
  public func suspend() {
    guard isUp else { return }
    leave()
    let handlers = SignalHandlers([SIGTSTP])
    signal(SIGTSTP, SIG_DFL)
    kill(0, SIGTSTP)
    handlers.putBack()
    try? enter()
    isResumed = true
  }

  /// Takes the terminal again after the program was stopped behind our back (SIGSTOP, SIGCONT).
  public func reclaim() {
    guard isUp else { return }
    try? RawMode.enter(STDIN_FILENO)
    screen.leave()
    isResumed = true
  }

  /// Gives the terminal back as it was; a second call does nothing.
  public func close() {
    if isUp { leave() }
  }

  private func enter() throws(TerminalError) {
    let detour = StandardErrorDetour(to: errorFile < 0 ? nil : errorFile)
    let armed = leaving.withUnsafeBytes { bytes in
      terminal_guard_arm(
        STDOUT_FILENO, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
        detour.original, errorFile)
    }
    guard armed == 0 else {
      detour.end()
      throw .system(call: "tcgetattr", code: errno)
    }
    self.detour = detour
    isUp = true
    do throws(TerminalError) {
      try RawMode.enter(STDIN_FILENO)
    } catch {
      leave()
      throw error
    }
    output.send(Array(BracketedPaste.on.utf8))
  }

  private func leave() {
    isUp = false
    output.finish(withinMillis: 500)
    screen.leave()
    terminal_guard_restore()
    detour?.end()
    detour = nil
  }
}
