/// Traps on purpose, for the test that the terminal survives it (`demo --crash`).
enum CrashHook {
  static func arm() {
    Task.detached {
      try? await Task.sleep(for: .seconds(1))
      precondition(Self.isFine(), "crash hook: trapped on purpose")
    }
  }

  /// Opaque to the optimiser, so that the trap is compiled.
  @inline(never)
  private static func isFine() -> Bool {
    CommandLine.arguments.isEmpty
  }
}
