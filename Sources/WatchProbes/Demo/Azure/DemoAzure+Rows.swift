import CloudAPI
import WatchCore

/// What has arrived in a workspace, by the settings that held when it happened.
extension DemoAzure {
  /// Seconds from an operation until its row can be queried.
  static let rowDelay = 150
  /// How far back rows are made, in seconds.
  private static let reach = 86_400

  /// What the table holds now; nil for one that the workspace does not know.
  func rows(_ table: String, _ workspace: String, _ now: Int) -> [DemoQuery.Row]? {
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
