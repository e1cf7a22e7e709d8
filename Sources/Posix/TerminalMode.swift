import Glibc

/// A terminal's settings (termios(3)), to be put back as they were.
public struct TerminalMode: Sendable, Equatable {
  private let settings: termios

  /// The settings now; ENOTTY when the descriptor is no terminal.
  public init(of descriptor: Int32) throws(PosixError) {
    var settings = termios()
    try check("tcgetattr") { tcgetattr(descriptor, &settings) }
    self.settings = settings
  }

  /// Puts these settings in place at once.
  public func apply(to descriptor: Int32) throws(PosixError) {
    var settings = settings
    try check("tcsetattr") { tcsetattr(descriptor, TCSANOW, &settings) }
  }

  /// Whether typed characters show.
  public var echoes: Bool { settings.c_lflag & tcflag_t(ECHO) != 0 }

  /// Whether input comes by lines.
  public var readsLines: Bool { settings.c_lflag & tcflag_t(ICANON) != 0 }

  public static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  public static func == (left: TerminalMode, right: TerminalMode) -> Bool {
    left.fields == right.fields
  }

  // By field: the struct has padding.
  private var fields: [UInt32] {
    let flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    let characters = withUnsafeBytes(of: settings.c_cc) { $0.map { UInt32($0) } }
    return flags + [UInt32(settings.c_line), settings.c_ispeed, settings.c_ospeed] + characters
  }
}

/// A terminal's size in cells.
public struct TerminalSize: Sendable, Equatable {
  public var rows: Int
  public var columns: Int

  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// Nil when the descriptor is no terminal, or one that does not know its size.
  public init?(of descriptor: Int32) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else {
      return nil
    }
    self.init(rows: Int(size.ws_row), columns: Int(size.ws_col))
  }

  func apply(to descriptor: Int32) throws(PosixError) {
    var size = winsize(
      ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    try check("ioctl TIOCSWINSZ") { ioctl(descriptor, UInt(TIOCSWINSZ), &size) }
  }
}
