import CNcurses
import Glibc
import TextCanvas

/// ncurses, used for one thing: which bytes turn the last frame into this one. It never reads and
/// never touches the terminal's settings.
final class CursesScreen {
  private let bytes: ScreenBytes
  private let handle: OpaquePointer
  private let window: UnsafeMutablePointer<WINDOW>
  private var styles: StyleTable
  private var last: Canvas?
  private var isCursorShown = true
  private var cells: [cchar_t] = []

  /// The sequence that leaves the full screen, as ncurses writes it for this terminal.
  let leaving: [UInt8]

  init(term: String, columns: Int, rows: Int, monochrome: Bool) throws(TerminalError) {
    bytes = try ScreenBytes()
    guard let null = fopen("/dev/null", "r") else { throw .system(call: "fopen", code: errno) }
    // ncurses puts handlers where the program has none; they would write to our file and exit.
    let handlers = SignalHandlers([SIGINT, SIGTERM, SIGTSTP, SIGWINCH])
    var name = Array(term.utf8CString)
    let opened = newterm(&name, bytes.stream, null)
    handlers.putBack()
    guard let opened, let window = wk_screen(), Terminfo.string("cup") != nil else {
      throw .unusable(term: term)
    }
    handle = opened
    self.window = window
    resize_term(Int32(clamping: rows), Int32(clamping: columns))
    typeahead(-1)
    nonl()
    styles = StyleTable(monochrome: monochrome)
    // From here on ncurses counts as running, not as starting: else it flushes after every move.
    curs_set(0)
    wnoutrefresh(window)
    doupdate()
    _ = bytes.take()
    endwin()
    bytes.leftOut = Array((Terminfo.string("oc") ?? "").utf8)
    leaving = Array((Terminfo.string("sgr0") ?? "").utf8) + bytes.take()
  }

  deinit {
    endwin()
    delscreen(handle)
  }

  /// The bytes that make the screen show the canvas.
  func frame(_ canvas: Canvas) -> [UInt8] {
    let height = min(canvas.height, Int(getmaxy(window)))
    let isWhole = last == nil
    for row in 0..<height where isChanged(row, in: canvas) {
      put(canvas.cells(inRow: row), row: row)
      if !isWhole { settle(row) }
    }
    if height < Int(getmaxy(window)) {
      wmove(window, Int32(height), 0)
      wclrtobot(window)
    }
    place(canvas.cursor)
    last = canvas
    wnoutrefresh(window)
    doupdate()
    return bytes.take()
  }

  /// Lets ncurses see each changed row by itself. Given several at once it looks for lines that have
  /// moved and scrolls a part of the screen, which jumps where the terminal is slow, and which not
  /// every terminal does alike.
  private func settle(_ row: Int) {
    wmove(window, Int32(row), 0)
    wnoutrefresh(window)
    doupdate()
  }

  /// The next frame is drawn as a whole.
  func forget() {
    last = nil
    clearok(wk_physical_screen(), true)
  }

  /// The next frame enters the full screen again and is drawn as a whole.
  func leave() {
    endwin()
    _ = bytes.take()
    forget()
  }

  func resize(columns: Int, rows: Int) {
    resize_term(Int32(clamping: rows), Int32(clamping: columns))
    forget()
  }

  private func isChanged(_ row: Int, in canvas: Canvas) -> Bool {
    guard let last, last.width == canvas.width, row < last.height else { return true }
    return last.cells(inRow: row) != canvas.cells(inRow: row)
  }

  private func put(_ row: ArraySlice<Cell>, row number: Int) {
    var room = Int(getmaxx(window))
    cells.removeAll(keepingCapacity: true)
    for cell in row where !cell.isContinuation {
      guard cell.columns <= room else { break }
      cells.append(contentsOf: styles.curses(cell))
      room -= cell.columns
    }
    wmove(window, Int32(number), 0)
    wadd_wchnstr(window, &cells, Int32(cells.count))
    if room > 0 {
      wmove(window, Int32(number), getmaxx(window) - Int32(room))
      wclrtoeol(window)
    }
  }

  private func place(_ cursor: Canvas.Place?) {
    if isCursorShown != (cursor != nil) || last == nil {
      isCursorShown = cursor != nil
      curs_set(isCursorShown ? 1 : 0)
    }
    guard let cursor else { return }
    wmove(window, Int32(clamping: cursor.row), Int32(clamping: cursor.column))
  }
}
