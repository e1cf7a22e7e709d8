import Glibc

/// Sends standard error to a file while the screen is up: what a library writes there would
/// otherwise land in the middle of it.
final class StandardErrorDetour {
  /// The real standard error; -1 when it was closed.
  let original: Int32

  /// - Parameter file: nil drops what is written.
  init(to file: Int32?) {
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    let target = file ?? open("/dev/null", O_WRONLY | O_CLOEXEC)
    if target >= 0 { dup2(target, STDERR_FILENO) }
    if file == nil, target >= 0 { close(target) }
  }

  /// Puts the real one back.
  func end() {
    if original >= 0 { dup2(original, STDERR_FILENO) } else { close(STDERR_FILENO) }
  }

  deinit {
    if original >= 0 { close(original) }
  }
}
