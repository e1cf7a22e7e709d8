import Glibc

/// Terminal settings for single keys (termios(3)): no echo, no lines, no signals from keys, and
/// bytes out as they are written.
enum RawMode {
  static func enter(_ terminal: Int32) throws(TerminalError) {
    var settings = termios()
    guard tcgetattr(terminal, &settings) == 0 else {
      throw .system(call: "tcgetattr", code: errno)
    }
    cfmakeraw(&settings)
    // A read never waits; poll tells when there is something.
    withUnsafeMutableBytes(of: &settings.c_cc) { characters in
      characters[Int(VMIN)] = 0
      characters[Int(VTIME)] = 0
    }
    guard tcsetattr(terminal, TCSANOW, &settings) == 0 else {
      throw .system(call: "tcsetattr", code: errno)
    }
  }

  /// Settings that any shell can live with, after a program that could not clean up (stty sane).
  static func leaveSane(_ terminal: Int32) throws(TerminalError) {
    var settings = termios()
    guard tcgetattr(terminal, &settings) == 0 else {
      throw .system(call: "tcgetattr", code: errno)
    }
    settings.c_iflag |= tcflag_t(BRKINT | ICRNL | IXON)
    settings.c_iflag &= ~tcflag_t(IGNBRK | INLCR | IGNCR | ISTRIP | PARMRK)
    settings.c_oflag |= tcflag_t(OPOST | ONLCR)
    settings.c_lflag |= tcflag_t(ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK)
    settings.c_lflag &= ~tcflag_t(ECHONL | NOFLSH)
    withUnsafeMutableBytes(of: &settings.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    guard tcsetattr(terminal, TCSANOW, &settings) == 0 else {
      throw .system(call: "tcsetattr", code: errno)
    }
  }
}
