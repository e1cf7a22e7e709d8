import Glibc
import Posix
import TextCanvas
import WatchCore

/// Plain lines on standard output and standard error. Whatever they quote from outside is made
/// harmless first: no control or direction-changing character reaches a terminal this way either.
enum Printer {
  /// One line, whatever it quotes: a line feed from outside is shown and not obeyed.
  static func line(_ text: String) {
    write(SafeText(untrusted: text, limit: 100_000).string + "\n", to: STDOUT_FILENO)
  }

  /// The same; false when nobody reads any more.
  static func isTaken(line text: String) -> Bool {
    isTaken(SafeText(untrusted: text, limit: 100_000).string + "\n")
  }

  /// Text as it is; false when nobody reads any more.
  static func isTaken(_ text: String) -> Bool {
    write(text, to: STDOUT_FILENO)
  }

  /// Text of the program's own, of several lines.
  static func page(_ text: String) {
    write(safe(text) + "\n", to: STDOUT_FILENO)
  }

  /// JSON as it is: its writer lets no control character through.
  static func json(_ value: JSON) {
    write(value.line + "\n", to: STDOUT_FILENO)
  }

  /// Lines of a format that has its own rules for what it quotes.
  static func bare(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  static func error(_ text: String) {
    write(
      SafeText(untrusted: "watchkeeper: \(text)", limit: 100_000).string + "\n", to: STDERR_FILENO)
  }

  /// Keeps line feeds, and nothing else of what moves a cursor.
  static func safe(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { SafeText(untrusted: String($0), limit: 100_000).string }
      .joined(separator: "\n")
  }

  /// False when it could not be written.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    failure(writing: text, to: descriptor) == nil
  }

  /// Why it could not be written; nil: it was. Nobody who reads is `EPIPE`.
  static func failure(writing text: String, to descriptor: Int32) -> PosixError? {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      let code = errno
      if written < 0, code == EINTR { continue }
      if written < 0, code == EAGAIN {
        // Whoever reads made it a descriptor that does not wait.
        _ = Poller.wait([], writable: [descriptor], timeoutMillis: nil)
        continue
      }
      guard written > 0 else { return PosixError(code: written < 0 ? code : EIO, call: "write") }
      rest = rest.dropFirst(written)
    }
    return nil
  }
}
