import WatchCore

extension PlanReader {
  mutating func readAzureSource(_ value: JSON5Value, _ id: SourceID) {
    let own = ["subscriptions", "workspace", "archive", "resources", "alert_rules", "retention"]
    guard let fields = fields(value, "a source", Self.shared + own) else { return }
    let account = plan.account(.azure, id.account)
    var source = AzureSource(
      subscriptions: labels(fields, "subscriptions", of: account),
      workspace: armID(fields, "workspace", Self.workspaces),
      archive: armID(fields, "archive", Self.storageAccounts))
    let units = account.map { SourcePlan(id: id, azure: source).units(of: $0) } ?? []
    source.resources = resources(fields, units)
    source.alertRules = alertRules(fields)
    source.echoGroup = echoPlace(fields, "resource_group", units, ARMID.isGroupName)
    if source.echoGroup != nil, source.workspace == nil, let place = fields["echo"]?.place {
      source.echoGroup = nil
      warning(
        place, "the echo is looked for in a workspace, and there is none: it is off",
        "name the workspace, or leave the echo out")
    }
    warnOfOutside(fields, source, account)
    let terms = terms(fields, .azure)
    let optional = optionalPaths(fields, .azure)
    let echo: SourcePlan.Echo = source.echoGroup == nil ? .off : .home
    warnOfEcho(fields, echo, terms.expect, optional, todo: Self.echoAdvice("resource_group"))
    warnOfUnusedPaths(
      fields,
      [
        ("activity", source.workspace == nil ? "name the workspace" : nil),
        ("archive", source.archive == nil ? "name the archive" : nil),
        ("resource", source.resources.isEmpty ? "name the resources" : nil),
      ].compactMap { key, todo in todo.map { (key, $0) } })
    if source.workspace == nil, fields["workspace"] == nil, fields["archive"] == nil {
      warning(
        value.place, "nothing is waited for: settings and acts alone are watched",
        "name a workspace or an archive")
    }
    plan.sources.append(
      SourcePlan(
        id: id, azure: source, optional: optional, off: text(fields, "off"),
        echo: echo, retention: retention(fields) ?? retention
      ).judged(by: terms))
  }

  /// A central workspace or archive in a subscription of its own: who takes it away is told there.
  private mutating func warnOfOutside(
    _ fields: Fields, _ source: AzureSource, _ account: CloudAccount?
  ) {
    guard let account else { return }
    for (key, text) in [("workspace", source.workspace), ("archive", source.archive)] {
      guard let id = text.flatMap({ ARMID($0) }), let value = fields[key]?.value,
        !account.units.contains(where: { $0.id == id.subscription })
      else { continue }
      warning(
        value.place,
        "\(key) \(named(id.name)) is in a subscription that is not watched: "
          + "what is done to it is not seen",
        "add \(id.subscription) to the account's subscriptions")
    }
  }

  static let workspaces = "Microsoft.OperationalInsights/workspaces"
  static let storageAccounts = "Microsoft.Storage/storageAccounts"

  /// The id of a resource of one type.
  private mutating func armID(_ fields: Fields, _ key: String, _ type: String) -> String? {
    guard let value = fields[key]?.value, let text = text(value, key) else { return nil }
    if let id = ARMID(text), id.type == type.lowercased() { return id.text }
    problem(
      value.place, "\(key) is not the ARM id of such a resource",
      "write /subscriptions/GUID/resourceGroups/GROUP/providers/\(type)/NAME")
    return nil
  }

  /// Resources whose logs must arrive: an id, or one with its table and categories.
  private mutating func resources(
    _ fields: Fields, _ units: [CloudUnit]
  ) -> [AzureSource.Resource] {
    guard let value = fields["resources"]?.value else { return [] }
    if fields["workspace"] == nil, fields["archive"] == nil {
      problem(
        value.place, "resources without a workspace or an archive",
        "name the one that their logs go to")
    }
    var found: [AzureSource.Resource] = []
    for item in list(value, "resources") ?? [] {
      guard let resource = resource(item, units) else { continue }
      if found.contains(where: { $0.id.lowercased() == resource.id.lowercased() }) {
        problem(item.place, "\(named(resource.name)) stands twice in resources", "keep one")
      } else {
        found.append(resource)
      }
    }
    return found
  }

  private mutating func resource(
    _ value: JSON5Value, _ units: [CloudUnit]
  ) -> AzureSource.Resource? {
    var (place, id, table) = (value.place, value, "AzureDiagnostics")
    var categories: [String] = []
    if case .object = value.content {
      guard let fields = fields(value, "a resource", ["id", "table", "categories"]) else {
        return nil
      }
      guard required(fields, "id", example: "/subscriptions/…") != nil, let member = fields["id"]
      else { return nil }
      (place, id) = (member.value.place, member.value)
      if let named = self.table(fields) { table = named }
      categories = fields["categories"].map { self.categories($0.value) } ?? []
    }
    guard let text = text(id, "an item of resources") else { return nil }
    guard let arm = ARMID(text) else {
      problem(
        place, "\(named(text)) is not the ARM id of a resource",
        "write /subscriptions/GUID/resourceGroups/GROUP/providers/Microsoft.KeyVault/vaults/NAME")
      return nil
    }
    if !units.isEmpty, !units.contains(where: { $0.id == arm.subscription }) {
      problem(
        place, "the source does not watch the subscription of \(named(arm.name))",
        "add \(arm.subscription) to it")
    }
    return AzureSource.Resource(id: arm.text, table: table, categories: categories)
  }

  private mutating func table(_ fields: Fields) -> String? {
    guard let value = fields["table"]?.value, let text = text(value, "table") else { return nil }
    if ARMID.isTableName(text) { return text }
    problem(
      value.place, "\(named(text)) is not the name of a table",
      "write AzureDiagnostics, or one such as AZKVAuditLogs")
    return nil
  }

  private mutating func categories(_ value: JSON5Value) -> [String] {
    let found = texts(value, "categories")
    for item in found where !Self.isCategory(item.text) {
      problem(item.place, "\(named(item.text)) is not a category", "write one such as AuditEvent")
    }
    return found.map(\.text)
  }

  private static func isCategory(_ text: String) -> Bool {
    text.utf8.count <= 128
      && text.unicodeScalars.allSatisfy {
        $0.isWordOrDigit || " _-.".unicodeScalars.contains($0)
      }
  }

  private mutating func alertRules(_ fields: Fields) -> [String] {
    guard let value = fields["alert_rules"]?.value else { return [] }
    let types = ["microsoft.insights/activitylogalerts", "microsoft.insights/scheduledqueryrules"]
    return texts(value, "alert_rules").compactMap { item in
      if let id = ARMID(item.text), types.contains(id.type) { return id.text }
      problem(
        item.place, "\(named(item.text)) is not the ARM id of an alert rule",
        "write /subscriptions/GUID/resourceGroups/GROUP/providers/Microsoft.Insights/"
          + "activityLogAlerts/NAME, or …/scheduledQueryRules/NAME")
      return nil
    }
  }
}
