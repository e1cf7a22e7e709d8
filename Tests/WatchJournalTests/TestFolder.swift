import Foundation
import Posix
import Synchronization
import WatchCore
import WatchJournal

/// A state folder of its own, gone when the test is over.
final class TestFolder: Sendable {
  let state: StateFolder
  let clock = JournalClock.counting()

  init() throws {
    let path = FileManager.default.temporaryDirectory.path + "/wk-journal-\(UUID().uuidString)"
    try Directory.create(path)
    state = StateFolder(path: path)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: state.path)
  }

  func file(disk: JournalDisk = .system, demo: Bool = false) -> JournalFile {
    JournalFile(folder: state, clock: clock, demo: demo, disk: disk)
  }

  /// The journal's bytes.
  func bytes() throws -> [UInt8] {
    try File.readAll(state.journal, limit: 1 << 26)
  }

  func lines() throws -> [String] {
    String(decoding: try bytes(), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Puts other bytes in the journal's place, as somebody with an editor would.
  func put(_ bytes: [UInt8]) throws {
    try File.replace(state.journal, with: bytes)
  }

  func put(_ lines: [String]) throws {
    try put(Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  func removeHead() throws {
    try File.remove(state.head)
  }

  /// A journal of `count` notes.
  @discardableResult
  func fill(_ count: Int) throws -> [Entry] {
    var file = file()
    return try file.append((1...count).map { .note("note \($0)") }, epoch: nil).entries
  }
}

extension JournalClock {
  /// Starts at 2026-11-20T03:00:00Z; each reading is a second later.
  static func counting() -> JournalClock {
    let reading = Counter()
    return JournalClock(
      now: { Timestamp(seconds: 1_795_143_600 + reading.next()) }, bootMillis: { 1000 })
  }
}

private final class Counter: Sendable {
  private let value = Atomic<Int64>(0)
  func next() -> Int64 { value.add(1, ordering: .relaxed).newValue }
}

extension Event {
  static func note(_ text: String) -> Event {
    .act(Act(.note, alert: AlertID(1), by: Operator(name: "mira", uid: 1000), text: text))
  }

  static func start(_ epoch: Int) -> Event {
    .watch(WatchMark(what: .start, epoch: epoch, host: "bridge", pid: 7, version: "1"))
  }
}
