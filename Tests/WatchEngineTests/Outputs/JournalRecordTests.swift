import Foundation
import Testing
import WatchCore

@testable import WatchEngine

/// F111: what a SIEM reads of the journal.
@Suite struct JournalRecordTests {
  private static func records(_ entries: [Entry]) -> [JSON] {
    var picture = Picture()
    return entries.map { entry in
      picture.apply(entry)
      return JournalRecord.json(entry, in: picture)
    }
  }

  @Test("One line an entry, with its alert as it was then")
  func resolved() {
    let records = Self.records(StatusSample.entries())
    #expect(records.map { $0["seq"]?.int } == Array(1...22))
    let raise = records[2]
    #expect(raise["kind"]?.string == "raise" && raise["alert"]?["state"]?.string == "NEW")
    #expect(raise["alert"]?["actor"] == nil, "nobody knew by then")
    #expect(records[3]["alert"]?["actor"]?.string == "dev")
    #expect(records[3]["alert"]?["action"]?.string == "StopLogging")
    #expect(records[4]["alert"]?["under"]?.string == "A-0001")
    #expect(records[7]["channel"]?.string == "sec-slack")
    #expect(records[7]["accepted"]?.bool == false)
    let ack = records[10]
    #expect(ack["kind"]?.string == "ack" && ack["by"]?.string == "mira")
    #expect(ack["alert"]?["state"]?.string == "ACK" && ack["alert"]?["owner"]?.string == "mira")
    #expect(records[0]["by"]?.string == "watch" && records[0]["alert"] == nil)
    #expect(records[17]["source"]?.string == Rig.use1.text)
    #expect(Set(records[2...3].map { $0["alert"]?["key"]?.string }) == ["3"])
  }

  @Test("Nothing in it does harm, also when it was read back; none is long")
  func harmless() throws {
    func strings(_ value: JSON) -> [String] {
      switch value {
      case .string(let text): [text]
      case .array(let items): items.flatMap(strings)
      case .object(let members): members.flatMap { [$0.key] + strings($0.value) }
      default: []
      }
    }
    let long = String(repeating: "\u{1B}\u{202E}z", count: 100_000)
    let entries = [
      Entry(
        seq: 1, prev: "", at: Rig.start, boot: 0,
        event: .raise(StatusSample.raise(1, under: nil, what: long)), hash: "1"),
      Entry(
        seq: 2, prev: "", at: Rig.start, boot: 0,
        event: .act(Act(.note, alert: AlertID(1), by: Rig.mira, text: long)), hash: "2"),
    ]
    for record in Self.records(entries + StatusSample.entries()) {
      #expect(!record.line.utf8.contains { $0 < 0x20 })
      let back = try JSON(bytes: Array(record.line.utf8))
      #expect(
        strings(back).allSatisfy { text in
          text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" && $0 != "\u{7F}" }
        })
    }
    #expect(Self.records(entries).allSatisfy { $0.line.utf8.count < 20_000 })
  }

  @Test("What a snapshot holds and what a command printed are left out")
  func leftOut() {
    let remedy = Remedy(
      alert: AlertID(1), runbook: "aws-trail-stopped", step: 1, command: "aws secret-in-command",
      status: 0, output: "token-in-output", by: Rig.mira)
    let snapshot = Snapshot(
      what: .configuration, hash: "ab", content: ["url_from": "env:IN_CONTENT"],
      difference: ["channels pager added"])
    let lines = Self.records([
      Entry(seq: 1, prev: "", at: Rig.start, boot: 0, event: .remedy(remedy), hash: "1"),
      Entry(seq: 2, prev: "", at: Rig.start, boot: 0, event: .snapshot(snapshot), hash: "2"),
    ]).map(\.line)
    #expect(!lines.joined().contains("token-in-output") && !lines.joined().contains("IN_CONTENT"))
    #expect(lines[1].contains("channels pager added"))
  }

  @Test("docs/siem.md names each member")
  func documented() throws {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    let page = try String(contentsOf: folder.appending(path: "docs/siem.md"), encoding: .utf8)
    for record in Self.records(StatusSample.entries()) {
      for member in record.members ?? [] where member.key != "alert" {
        #expect(page.contains("`\(member.key)`"), "\(member.key)")
      }
      for member in record["alert"]?.members ?? [] {
        #expect(page.contains("`alert.\(member.key)`"), "\(member.key)")
      }
    }
  }
}
