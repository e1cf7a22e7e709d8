import Foundation
import Transfer

extension AzureClient {
  /// 200 queries in 30 seconds and five at a time for each user ("Azure Monitor service limits",
  /// log queries): four fifths of them.
  private static let queryRate = CallRate("log queries", perSecond: 4, burst: 40, together: 5)

  /// Query - Execute: KQL over one workspace. An answer that is not whole (`PartialError`), empty,
  /// or without a wanted column is an error, never "no rows". A table that is not there:
  /// `CloudError.unknownTable`.
  /// - Parameters:
  ///   - workspace: the `customerId`, a GUID.
  ///   - tables: the tables that the query reads: each has an action of its own.
  ///   - columns: what the caller will read.
  ///   - hours: how far back at most, beside the query's own conditions.
  ///   - waitSeconds: how long the service may work on it.
  public func query(
    workspace: String, _ query: String, tables: [String], columns: [String], hours: Int,
    waitSeconds: Int = 20
  ) async throws(CloudError) -> LogTable {
    let operation = "Query - Execute"
    let place = try settings().logs()
    guard workspace.utf8.allSatisfy({ PercentEncoding.isUnreserved($0) && $0 != 0x2e }),
      !workspace.isEmpty
    else {
      throw .settings(
        setting: "workspace",
        reason: "\"\(PlainLine.make(workspace, limit: 60))\" is not a workspace's customer id")
    }
    var call = TokenCall(
      operation, permission: AzureAction.query.name, place: workspace,
      url: "\(place.base)/v1/workspaces/\(workspace)/query", audience: place.audience,
      dialect: .azure)
    call.method = "POST"
    call.headers = [
      HTTPHeader("Content-Type", "application/json"), HTTPHeader("Accept", "application/json"),
      HTTPHeader("Prefer", "wait=\(max(waitSeconds, 1))"),
    ]
    call.body =
      JSONValue.object([
        JSONMember("query", .string(query)), JSONMember("timespan", .string("PT\(max(hours, 1))H")),
      ]).utf8
    call.allowPlain = place.isOverride
    call.rate = Self.queryRate
    call.waitSeconds = max(waitSeconds, 1)
    call.limits.bodyBytes = 32 << 20
    for table in tables {
      exchange.onCall(AzureAction.query(table: table).name, operation, workspace)
    }
    return try Self.table(try await exchange.answer(to: call), call, columns)
  }

  private static func table(
    _ answer: TokenAnswer, _ call: TokenCall, _ wanted: [String]
  ) throws(CloudError) -> LogTable {
    // 204: a workspace without data, or another path than documented; an empty 200: a request that
    // was not understood. Neither says "no rows".
    guard answer.response.status == 200 else {
      throw answer.unreadable("it has no table")
    }
    let body = try answer.members()
    if let problem = body.value["error"], !problem.isNull {
      throw .incomplete(partial(problem, call, answer.response))
    }
    let tables = try body.objects("tables")
    guard let primary = try first(tables, named: "PrimaryResult") else {
      throw answer.unreadable("it has no PrimaryResult")
    }
    return try read(primary, wanted)
  }

  private static func first(
    _ tables: [CloudMembers], named name: String
  ) throws(CloudError) -> CloudMembers? {
    for table in tables where try table.text("name") == name { return table }
    return nil
  }

  private static func read(
    _ entry: CloudMembers, _ wanted: [String]
  ) throws(CloudError) -> LogTable {
    var columns: [LogTable.Column] = []
    _ = try entry.needList("columns")
    for column in try entry.objects("columns") {
      columns.append(
        LogTable.Column(
          name: try column.needText("name"), type: try column.text("type") ?? "string"))
    }
    for name in wanted where !columns.contains(where: { $0.name == name }) {
      throw entry.answer.unreadable("it has no column \(name)")
    }
    var rows: [[JSONValue]] = []
    for row in try entry.needList("rows") {
      guard let values = row.array, values.count == columns.count else {
        throw entry.answer.unreadable("a row has not one value for each column")
      }
      rows.append(values)
    }
    return LogTable(columns: columns, rows: rows)
  }

  private static func partial(
    _ problem: JSONValue, _ call: TokenCall, _ response: HTTPResponse
  ) -> CloudServiceError {
    let detail = problem["details"]?.array?.first
    let inner = (detail?["innererror"]?["message"] ?? detail?["message"])?.string
    return CloudServiceError(
      operation: call.operation, permission: call.permission, place: call.place,
      status: response.status, code: problem["code"]?.string ?? "PartialError",
      reasons: [detail?["code"]?.string].compactMap { $0 },
      message: inner ?? problem["message"]?.string ?? "", requestID: response.cloudRequestID)
  }
}
