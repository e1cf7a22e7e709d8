import CloudAPI
import Transfer
import WatchCore

/// Log Analytics: what has arrived in a workspace, by the settings that held when it happened.
extension DemoAzure {
  /// Seconds from an operation until its row can be queried.
  static let rowDelay = 150
  /// How far back rows are made, in seconds.
  private static let reach = 86_400

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

  // MARK: Rows

  /// What the table holds now; nil for one that the workspace does not know.
  private func rows(_ table: String, _ workspace: String, _ now: Int) -> [DemoQuery.Row]? {
    let known = settings(now).at("tables")?.array?.compactMap(\.string) ?? []
    guard known.contains(table) else { return nil }
    var rows = table == "AzureActivity" ? activityRows(workspace, now) : []
    for resource in units.resourceLogs ?? [] where resource.table == table {
      rows += resourceRows(resource, workspace, now)
    }
    for row in settings(now).at("rows", table)?.array ?? [] {
      let values = (row.members ?? []).map { ($0.name, Self.cell($0.value)) }
      let fields = Dictionary(values) { $1 }
      guard case .time(let made)? = fields["TimeGenerated"], made <= time(now) else { continue }
      rows.append(DemoQuery.Row(values: fields, ingested: made))
    }
    return rows
  }

  private func activityRows(_ workspace: String, _ now: Int) -> [DemoQuery.Row] {
    log.between(now - Self.reach, now - Self.rowDelay).flatMap { happening -> [DemoQuery.Row] in
      guard
        carries(happening, to: .workspace(workspace))
      else { return [] }
      return [("Started", "BeginRequest", 0), (outcome(happening), "EndRequest", 2)].map {
        row(event(happening, status: $0.0, name: $0.1, at: happening.at + $0.2), happening, $0.2)
      }
    }
  }

  private static let words = ["Started": "Start", "Succeeded": "Success", "Failed": "Failure"]

  private func row(_ event: JSONValue, _ happening: DemoHappening, _ late: Int) -> DemoQuery.Row {
    func text(_ path: String...) -> DemoQueryValue {
      .text(path.reduce(Optional(event)) { $0?[$1] }?.string ?? "")
    }
    let status = event.at("status", "value")?.string ?? ""
    return DemoQuery.Row(
      values: [
        "TimeGenerated": .time(time(happening.at + late)),
        "EventSubmissionTimestamp": .time(time(happening.at + happening.lag)),
        "OperationNameValue": .text(happening.event.uppercased()),
        "OperationName": text("operationName", "localizedValue"),
        "ActivityStatusValue": .text(Self.words[status] ?? status), "Caller": text("caller"),
        "CallerIpAddress": text("httpRequest", "clientIpAddress"),
        "SubscriptionId": text("subscriptionId"), "ResourceGroup": text("resourceGroupName"),
        "_ResourceId": .text((event["resourceId"]?.string ?? "").lowercased()),
        "CategoryValue": text("category", "value"), "Level": text("level"),
        "CorrelationId": text("correlationId"), "EventDataId": text("eventDataId"),
        "TenantId": .text("c0ffee00-0000-4000-8000-000000000003"), "Type": .text("AzureActivity"),
        "Properties": .text(event["properties"]?.text ?? ""),
      ], ingested: time(happening.at + Self.rowDelay))
  }

  /// A billable table: what comes while the workspace takes no more is not kept.
  private func resourceRows(
    _ resource: DemoUnits.ResourceLog, _ workspace: String, _ now: Int
  ) -> [DemoQuery.Row] {
    DemoTimeline.slots(
      every: resource.every, phase: resource.phase, from: now - Self.reach,
      to: now - Self.rowDelay
    ).filter { slot in
      carries(resource, at: slot, to: .workspace(workspace)) && !isFull(workspace, slot + 60)
    }.map { slot in
      var values = (resource.values ?? [:]).mapValues { DemoQueryValue.text($0) }
      values["TimeGenerated"] = .time(time(slot))
      values["_ResourceId"] = .text(resource.resource.lowercased())
      values["ResourceId"] = .text(resource.resource.uppercased())
      values["Category"] = .text(resource.category)
      values["Type"] = .text(resource.table)
      return DemoQuery.Row(values: values, ingested: time(slot + Self.rowDelay))
    }
  }

  private func isFull(_ workspace: String, _ second: Int) -> Bool {
    let status = arm(second)[workspace]?.value.at(
      "properties", "workspaceCapping", "dataIngestionStatus")
    return ["OverQuota", "ForceOff", "SubscriptionSuspended"].contains(status?.string)
  }

  private static func cell(_ value: JSONValue) -> DemoQueryValue {
    switch value {
    case .string(let text): Timestamp(iso: text).map { .time($0) } ?? .text(text)
    case .number: value.number.map { .number($0) } ?? .null
    case .bool(let flag): .flag(flag)
    default: .null
    }
  }

  // MARK: What settings carry

  /// Whether some setting of the subscription sends it there: the one that held when it happened.
  func carries(_ happening: DemoHappening, to place: DemoArchive) -> Bool {
    guard let subscription = units.units.first(where: { $0.label == happening.unit })?.id else {
      return false
    }
    let category = happening.values["category"] ?? "Administrative"
    return arm(happening.at).carries("/subscriptions/\(subscription)", category, to: place)
  }

  func carries(_ log: DemoUnits.ResourceLog, at second: Int, to place: DemoArchive) -> Bool {
    arm(second).carries(log.resource.lowercased(), log.category, to: place)
  }
}
