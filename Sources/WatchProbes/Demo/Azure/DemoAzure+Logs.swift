import CloudAPI
import Transfer
import WatchCore

/// Log Analytics: what has arrived in a workspace, by the settings that held when it happened.
extension DemoAzure {
  func query(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard asked.parts.count == 4, asked.parts[0] == "v1", asked.parts[1] == "workspaces",
      asked.parts[3] == "query"
    else { return Self.error(404, "PathNotFoundError", "The requested path does not exist") }
    let workspace = arm(now).documents.first {
      $0.value.at("properties", "customerId")?.string == asked.parts[2].lowercased()
    }
    guard let workspace else {
      return Self.error(
        404, "WorkspaceNotFoundError", "The workspace '\(asked.parts[2])' could not be found.")
    }
    let id = workspace.key
    if settings(now)["denied"]?.members?.contains(where: { id.hasPrefix($0.name.lowercased()) })
      == true
    {
      return Self.error(
        403, "InsufficientAccessError",
        "The provided credentials have insufficient access to perform the requested operation")
    }
    // So a real one answers what is no JSON of its own.
    guard asked.method == "POST", let text = asked.json?["query"]?.string else {
      return HTTPResponse(status: 200)
    }
    do {
      let query = try DemoQuery(text)
      guard let rows = rows(query.table, id, now) else { return Self.unknownTable(query.table) }
      let since = time(now) - Self.span(asked.json?["timespan"]?.string)
      let kept = rows.filter { row in
        guard case .time(let time)? = row.values["TimeGenerated"] else { return true }
        return time >= since
      }
      return DemoReply.json(Self.tables(try query.run(kept, now: time(now))))
    } catch {
      return Self.unread(error)
    }
  }

  /// `PT24H`, `P2D`; a day for every other text.
  private static func span(_ text: String?) -> Duration {
    guard let text, text.hasPrefix("P"), let unit = text.last,
      let count = Int(text.drop { !$0.isNumber }.dropLast())
    else { return .hours(24) }
    switch (text.contains("T"), unit) {
    case (true, "H"): return .hours(count)
    case (true, "M"): return .minutes(count)
    case (false, "D"): return .hours(count * 24)
    default: return .hours(24)
    }
  }

  private static func tables(_ table: DemoQuery.Table) -> JSONValue {
    let columns = table.columns.map { column in
      DemoReply.object([("name", .string(column.name)), ("type", .string(column.type))])
    }
    let rows = table.rows.map { JSONValue.array($0.map(\.json)) }
    return DemoReply.object([
      (
        "tables",
        .array([
          DemoReply.object([
            ("name", .string("PrimaryResult")), ("columns", .array(columns)),
            ("rows", .array(rows)),
          ])
        ])
      )
    ])
  }

  private static func unknownTable(_ name: String) -> HTTPResponse {
    refusal(
      "SemanticError", "SEM0100",
      "'where' operator: Failed to resolve table or column expression named '\(name)'")
  }

  private static func unread(_ problem: DemoQueryProblem) -> HTTPResponse {
    switch problem {
    case .syntax(let word):
      refusal("SyntaxError", "SYN0002", "Query could not be parsed at '\(word)'")
    case .unknown(let name):
      refusal("SemanticError", "SEM0260", "Unknown function: '\(name)'")
    }
  }

  private static func refusal(_ kind: String, _ code: String, _ words: String) -> HTTPResponse {
    let innermost = DemoReply.object([("code", .string(code)), ("message", .string(words))])
    let inner = DemoReply.object([
      ("code", .string(kind)), ("message", .string("A semantic or syntax error occurred.")),
      ("innererror", innermost),
    ])
    let error = DemoReply.object([
      ("message", .string("The request had some invalid properties")),
      ("code", .string("BadArgumentError")), ("innererror", inner),
    ])
    return DemoReply.json(DemoReply.object([("error", error)]), status: 400)
  }
}
