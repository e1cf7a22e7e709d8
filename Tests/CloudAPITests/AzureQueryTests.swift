import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Log Analytics: the table, and everything that must never pass for "no rows".
@Suite struct AzureQueryTests {
  private func query(
    _ tenant: FakeTenant, columns: [String] = ["Last", "N"]
  ) async throws(CloudError) -> LogTable {
    try await tenant.client.query(
      workspace: "w-1", "AzureActivity | summarize Last=max(TimeGenerated), N=count()",
      tables: ["AzureActivity"], columns: columns, hours: 24)
  }

  static func table(_ rows: String, extra: String = "") -> FakeHTTP.Answer {
    .json(
      #"{"tables":[{"name":"Other","columns":[],"rows":[]},{"name":"PrimaryResult","columns":["#
        + #"{"name":"Last","type":"datetime"},{"name":"N","type":"long"},{"name":"D","type":"#
        + #""decimal"},{"name":"B","type":"bool"}],"rows":"# + rows + "}]" + extra + "}")
  }

  @Test func readsATypedTable() async throws {
    let tenant = FakeTenant([
      Self.table(#"[["2026-11-20T09:51:12.1234567Z",842,"1.5",1],[null,0,null,false]]"#)
    ])
    let table = try await query(tenant)
    #expect(table.columns.map(\.type) == ["datetime", "long", "decimal", "bool"])
    let first = try #require(table.rows.first)
    let last = try #require(table.rows.last)
    #expect(abs((first.date("Last")?.timeIntervalSince1970 ?? 0) - 1_795_168_272.123) < 0.01)
    #expect(first.int("N") == 842)
    #expect(first.number("D") == 1.5)
    #expect(first.flag("B") == true)
    #expect(first.text("N") == nil)
    #expect(last.date("Last") == nil)
    #expect(last.int("N") == 0)
    #expect(last.flag("B") == false)
    #expect(last["nowhere"] == nil)
    let request = try #require(tenant.requests.first)
    #expect(request.url == "https://api.loganalytics.azure.com/v1/workspaces/w-1/query")
    #expect(request.header("Content-Type") == "application/json")
    #expect(request.header("Prefer") == "wait=20")
    #expect(
      request.text == #"{"query":"AzureActivity | summarize Last=max(TimeGenerated), N=count()","#
        + #""timespan":"PT24H"}"#)
    #expect(
      tenant.calls.all == [
        "Microsoft.OperationalInsights/workspaces/query/AzureActivity/read @ w-1",
        "Microsoft.OperationalInsights/workspaces/query/read @ w-1",
      ])
  }

  @Test func noRowsIsAnAnswer() async throws {
    #expect(try await query(FakeTenant([Self.table("[]")])).rows.isEmpty)
  }

  @Test(arguments: [
    (FakeHTTP.Answer.bytes([]), "it is empty"),
    (.bytes([], status: 204), "it has no table"), (.json("{}", status: 202), "it has no table"),
    (.bytes(Array("<html>sign in</html>".utf8)), "it is an HTML page, not the cloud's JSON"),
    (.json("{}"), "it has no PrimaryResult"), (.json(#"{"tables":[]}"#), "it has no PrimaryResult"),
    (table(#"[["2026-11-20T09:51:12Z",1]]"#), "a row has not one value for each column"),
    (table("[{}]"), "a row has not one value for each column"),
    (table("7"), "tables.rows is a number, not an array"),
    (
      .json(#"{"tables":[{"name":"PrimaryResult","columns":[{"name":"N"}],"rows":[]}]}"#),
      "it has no column Last"
    ),
  ])
  func neverNoRows(_ answer: FakeHTTP.Answer, _ reason: String) async {
    let tenant = FakeTenant([answer])
    do {
      let table = try await query(tenant)
      Issue.record("\(table)")
    } catch {
      guard case .unreadable(let found) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(found.reason == reason)
    }
  }

  @Test func aPartOfTheDataIsIncomplete() async {
    let extra =
      #","error":{"code":"PartialError","message":"There were some errors","details":[{"code":"#
      + #""QueryExecutionError","message":"outer","innererror":{"message":"limits exceeded"}}]}"#
    await #expect(
      throws: CloudError.incomplete(
        CloudServiceError(
          operation: "Query - Execute",
          permission: "Microsoft.OperationalInsights/workspaces/query/read", place: "w-1",
          status: 200, code: "PartialError", reasons: ["QueryExecutionError"],
          message: "limits exceeded"))
    ) {
      try await query(FakeTenant([Self.table("[]", extra: extra)]))
    }
  }

  static func syntax(_ code: String, _ message: String) -> FakeHTTP.Answer {
    .json(
      #"{"error":{"message":"The request had some invalid properties","code":"BadArgumentError","#
        + #""correlationId":"c","innererror":{"code":"SemanticError","message":"A semantic error","#
        + #""innererror":{"code":"\#(code)","message":"\#(message)"}}}}"#, status: 400)
  }

  @Test func anUnknownTableIsToldApart() async {
    let words = "'where' operator: Failed to resolve table or column expression named 'AADLogs'"
    for (message, table) in [
      (words, "AADLogs"), ("Failed to resolve scalar expression named 'x'", nil),
      ("Failed to resolve table or column expression named 'cut", nil),
    ] {
      do {
        _ = try await query(FakeTenant([Self.syntax("SEM0100", message)]))
        Issue.record("no error")
      } catch {
        #expect(error.unknownTable == table)
        #expect(error.code == "BadArgumentError")
        #expect(error.answered?.reasons == ["SemanticError", "SEM0100"])
        #expect(error.answered?.message == message)
      }
    }
  }

  @Test func aTimeoutOfTheServiceIsTriedAgain() async throws {
    let answer = FakeHTTP.Answer.json(
      #"{"error":{"code":"GatewayTimeout","message":"m"}}"#, status: 504)
    let tenant = FakeTenant([answer, Self.table("[]")])
    _ = try await query(tenant)
    #expect(tenant.requests.count == 2)
  }

  @Test(arguments: ["", "a/b", "a?b", "a.b", "w 1"])
  func workspacesAreNoPaths(_ id: String) async {
    let tenant = FakeTenant([Self.table("[]")])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.query(workspace: id, "T", tables: [], columns: [], hours: 1)
    }
    guard case .settings("workspace", _) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  /// The quota holds over many queries at once: 40 go, the others are spaced.
  @Test func manyQueriesAreSpaced() async throws {
    let time = ManualTime()
    let start = time.now
    let tenant = FakeTenant(FakeHTTP([Self.table("[]")]), time: time)
    for _ in 0..<60 { _ = try await query(tenant) }
    let spent = time.now.timeIntervalSince(start)
    #expect(spent >= 4.5 && spent <= 5.5)
  }

  @Test func fiveQueriesAtATime() async throws {
    let turns = CallTurns(clock: ManualTime().clock)
    let rate = CallRate("q", perSecond: 1_000, burst: 1_000, together: 5)
    let peak = CallLog()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<40 {
        group.addTask {
          await turns.enter(rate)
          peak.add("in")
          for _ in 0..<5 { await Task.yield() }
          let inside = peak.all.count { $0 == "in" } - peak.all.count { $0 == "out" }
          #expect(inside <= 5)
          peak.add("out")
          turns.leave(rate)
        }
      }
      try await group.waitForAll()
    }
    #expect(peak.all.count == 80)
  }
}
