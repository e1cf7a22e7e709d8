import Foundation
import Posix
import TerminalTesting

/// A shell in a tmux of a test's own: a real terminal between the keys and the program.
struct TmuxSession: Sendable {
  let scratch: Scratch
  private let socket: String

  init(columns: Int = 80, rows: Int = 24) async throws {
    scratch = try Scratch()
    socket = scratch.path + "/tmux"
    try await tmux(
      "new-session", "-d", "-x", String(columns), "-y", String(rows), "env", "PS1=ready> ",
      "bash", "--norc", "--noprofile", "-i")
    try await wait(forText: "ready>")
  }

  /// Ends the server, and with it what runs in it.
  func end() async {
    _ = try? await tmux("kill-server")
  }

  /// Keys by tmux's names, such as "Escape" and "C-z".
  func press(_ keys: String...) async throws {
    for key in keys { try await tmux("send-keys", key) }
  }

  func type(_ text: String) async throws {
    try await tmux("send-keys", "-l", text)
  }

  /// The rows that the terminal shows.
  func lines() async throws -> [String] {
    try await tmux("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// What tmux knows of the pane: `#{alternate_on}` and the like.
  func facts(_ format: String) async throws -> String {
    try await tmux("display-message", "-p", format).trimmingCharacters(in: .newlines)
  }

  /// Looks until the condition holds.
  @discardableResult
  func wait(
    for what: String, withinMillis limit: Int64 = 180_000, until holds: ([String]) -> Bool
  ) async throws -> [String] {
    let deadline = MonotonicClock.millis() + limit
    while true {
      let lines = try await lines()
      if holds(lines) { return lines }
      guard MonotonicClock.millis() < deadline else {
        throw TmuxFailure(what: "waited for \(what):\n" + lines.joined(separator: "\n"))
      }
      try await Task.sleep(for: .milliseconds(30))
    }
  }

  @discardableResult
  func wait(forText text: String) async throws -> [String] {
    try await wait(for: "“\(text)”") { lines in lines.contains { $0.contains(text) } }
  }

  @discardableResult
  private func tmux(_ arguments: String...) async throws -> String {
    let outcome = try await ChildProcess.run(
      arguments: ["tmux", "-u", "-S", socket, "-f", "/dev/null"] + arguments,
      environment: [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color", "TZ": "UTC", "SHELL": "/bin/sh",
      ], deadlineMillis: 120_000)
    guard outcome.succeeded else {
      throw TmuxFailure(
        what: "\(arguments): \(String(decoding: outcome.errorOutput, as: UTF8.self))")
    }
    return String(decoding: outcome.output, as: UTF8.self)
  }
}

struct TmuxFailure: Error, CustomStringConvertible {
  let what: String
  var description: String { what }
}
