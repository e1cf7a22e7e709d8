import CloudAPI
import Testing
import WatchCore
import WatchEngine

@testable import WatchProbes

/// Every row of the table: the record goes in, an alert of that code or an entry comes out; the same
/// act on somebody else's part is nothing, and a refused one is an entry.
struct TamperTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var service: String
    var action: String
    var parameters: String
    /// Empty: an entry and no alert.
    var code: FailureCode

    init(_ service: String, _ action: String, _ parameters: String, _ code: FailureCode = "") {
      (self.service, self.action, self.parameters, self.code) = (service, action, parameters, code)
    }

    var testDescription: String { "\(service) \(action) \(code.text)" }
  }

  /// A watch that has seen its trail once, healthy and with everything on.
  static func rig() -> Rig {
    var rig = Rig()
    rig.saw([
      .trail(delivered: rig.wall) {
        $0.multiRegion = true
        $0.validation = true
        $0.selectors = TrailSelectors()
        $0.insights = []
      }, .s3(rig.wall), .history(at: rig.wall),
    ])
    return rig
  }

  private func change(
    _ row: Row, _ parts: PipelineParts = AuditRecords.parts(), at time: Timestamp,
    error: String? = nil
  ) throws -> PipelineChange? {
    parts.change(
      try AuditRecords.record(row.service, row.action, row.parameters, at: time, error: error))
  }

  @Test(arguments: rows)
  func `an act is an alert by its meaning, or an entry`(_ row: Row) throws {
    var rig = Self.rig()
    let change = try #require(try change(row, at: rig.wall))
    rig.saw([.history([change], at: rig.wall)])
    if row.code.text.isEmpty {
      #expect(rig.story() == ["change"])
      #expect(rig.queue.isEmpty)
    } else {
      #expect(rig.queue.map(\.code) == [row.code])
      #expect(rig.story() == ["raise A-0001"])
      #expect(rig.alert(1)?.cause?.actor == "dev")
      #expect(rig.alert(1)?.cause?.from == "198.51.100.7")
      #expect(rig.alert(1)?.cause?.agent == "aws-cli/2.17.0 Python/3.11")
    }
  }

  @Test(arguments: rows)
  func `on another's part it is nothing`(_ row: Row) throws {
    let seen = try change(row, AuditRecords.others, at: Rig.start)
    let isOfAll =
      TamperTable.row("\(row.service).amazonaws.com", row.action)?.naming == .account
      || row.parameters.contains("omitted")
    #expect((seen == nil) == !isOfAll)
  }

  @Test(arguments: rows)
  func `refused it is an entry that says tried`(_ row: Row) throws {
    var rig = Self.rig()
    let change = try #require(try change(row, at: rig.wall, error: "AccessDenied"))
    rig.saw([.history([change], at: rig.wall)])
    #expect(rig.story() == ["change"])
    guard case .change(_, let cause, let what)? = rig.entries.last?.event else {
      Issue.record("no entry")
      return
    }
    #expect(what.hasPrefix("dev tried to \(row.action), "))
    #expect(cause.error == "AccessDenied")
  }

  @Test func `every row of the table is tried`() {
    let tried = Set(
      Self.rows.compactMap {
        TamperTable.row("\($0.service).amazonaws.com", $0.action).map { "\($0.service) \($0.name)" }
      })
    let all = Set(TamperTable.all.map { "\($0.service) \($0.name)" })
    #expect(all.subtracting(tried).sorted() == [])
  }
}
