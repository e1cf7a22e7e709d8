import Foundation
import Posix
import Testing

/// The journal's file as it is on the disk, read without any of the program's code.
struct WrittenJournal {
  let path: String
  let bytes: [UInt8]

  /// - Parameter state: the state folder. Nothing there yet is an empty journal.
  init(state: String) {
    path = state + "/journal/journal.jsonl"
    bytes = (try? File.readAll(path, limit: 1 << 26)) ?? []
  }

  /// The lines that end with LF, without it.
  var lines: [[UInt8]] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map(Array.init)
  }

  /// The entries of the whole lines, oldest first.
  var entries: [WrittenEntry] {
    lines.compactMap { line in
      let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return object.map(WrittenEntry.init)
    }
  }

  func entries(_ kind: String, alert: String? = nil) -> [WrittenEntry] {
    entries.filter { $0.kind == kind && (alert == nil || $0.text("alert") == alert) }
  }
}

/// One entry's members.
struct WrittenEntry {
  private let members: [String: Any]

  init(_ members: [String: Any]) {
    self.members = members
  }

  var kind: String { text("kind") }
  var seq: Int { number("seq") }
  /// Who did it; empty for what the watch did by itself.
  var who: String { (members["by"] as? [String: Any])?["name"] as? String ?? "" }

  func text(_ name: String) -> String { members[name] as? String ?? "" }
  func texts(_ name: String) -> [String] { members[name] as? [String] ?? [] }
  func flag(_ name: String) -> Bool { members[name] as? Bool ?? false }
  func number(_ name: String) -> Int { members[name] as? Int ?? -1 }
}
