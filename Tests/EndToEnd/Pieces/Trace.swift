import Foundation
import Posix
import Testing

/// strace around the program: its system calls, in order.
struct Trace: Sendable {
  private let scratch: Scratch
  private let calls: String

  init(calls: String) throws {
    scratch = try Scratch()
    self.calls = calls
  }

  private var path: String { scratch.path + "/trace" }

  /// What goes before the program: all threads, paths of descriptors, whole strings.
  var wrapper: [String] {
    ["strace", "-f", "-y", "-s", "100000", "-e", "signal=none", "-e", "trace=" + calls, "-o", path]
  }

  func text() throws -> String {
    String(decoding: try File.readAll(path, limit: 1 << 27), as: UTF8.self)
  }

  /// The calls of all threads in their order, without the threads' numbers. A call during which
  /// another thread made one stands where it began, and its end where it ended
  /// (`<... write resumed>`).
  func lines() throws -> [String] {
    try numbered().map(\.call)
  }

  /// The main thread's calls, each whole.
  func mainLines() throws -> [String] {
    let all = try numbered()
    var lines: [String] = []
    for (thread, call) in all where thread == all.first?.thread {
      if let resumed = call.firstMatch(of: /^<\.\.\. \w+ resumed>/), let last = lines.popLast() {
        lines.append(
          last.replacing(" <unfinished ...>", with: "") + call[resumed.range.upperBound...])
      } else {
        lines.append(call)
      }
    }
    return lines
  }

  private func numbered() throws -> [(thread: Substring, call: String)] {
    try text().split(separator: "\n").map { line in
      (line.prefix { $0 != " " }, String(line.drop { $0 != " " }.drop { $0 == " " }))
    }
  }

  /// What was written to the terminal, call by call.
  func writes() throws -> [String] {
    try lines().filter(Self.isFrame)
  }

  static func isFrame(_ line: String) -> Bool {
    line.hasPrefix("write(") && line.contains("</dev/pts/")
  }

  /// What the program did between two waits.
  struct Turn {
    var keys: [String] = []
    var frames: [String] = []
  }

  /// The main thread's turns: from one poll over several descriptors to the next.
  func turns() throws -> [Turn] {
    var turns: [Turn] = []
    for line in try mainLines() {
      if line.contains(/^p?poll\(\[\{.*\}, \{/) {
        turns.append(Turn())
      } else if turns.isEmpty {
        continue
      } else if line.hasPrefix("read(0</dev/pts/"), !line.contains("\"\", "), !line.contains("= -1")
      {
        turns[turns.count - 1].keys.append(line)
      } else if Self.isFrame(line) {
        turns[turns.count - 1].frames.append(line)
      }
    }
    return turns
  }
}
