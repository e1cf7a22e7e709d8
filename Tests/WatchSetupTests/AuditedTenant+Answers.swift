import Foundation

extension AuditedTenant {
  static func isList(_ path: String) -> Bool {
    let lists = [
      "/subscriptions", "/diagnosticsettings", "/diagnosticsettingscategories", "/values",
      "/activitylogalerts", "/scheduledqueryrules", "/actiongroups", "/actionrules", "/locks",
      "/workspaces", "/tables", "/storageaccounts", "/eventsubscriptions", "/systemtopics",
      "/resources", "/resourcegroups",
    ]
    return lists.contains { path.hasSuffix($0) }
  }

  /// What Resource Manager says, by the end of a path in small letters.
  static func resource(_ path: String) -> String {
    let isDev = path.contains(dev)
    if isList(path) { return #"{"value":[\#(entries(path, isDev))]}"# }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return entity(path, name)
  }

  private static func entries(_ path: String, _ isDev: Bool) -> String {
    if path == "/subscriptions" {
      return [(dev, "Dev & Test"), (test, "test")].map { id, name in
        #"{"subscriptionId":"\#(id)","displayName":"\#(name)","state":"Enabled"}"#
      }.joined(separator: ",")
    }
    guard isDev else { return "" }
    if path.hasSuffix("/vaults/acme-dev/providers/microsoft.insights/diagnosticsettings") {
      return setting("\(vault)/providers/microsoft.insights/diagnosticSettings/audit", "AuditEvent")
    }
    if path.hasSuffix("/diagnosticsettings") {
      let id = "subscriptions/\(dev)/providers/microsoft.insights/diagnosticSettings/export"
      return setting(id, "Administrative")
    }
    return alerting(path) ?? storing(path) ?? ""
  }

  private static func setting(_ id: String, _ category: String) -> String {
    let store = category == "Administrative" ? #""storageAccountId":"\#(archive)","# : ""
    return """
      {"id":"\(id)","name":"\(id.split(separator: "/").last ?? "")","properties":{"workspaceId":\
      "\(workspace)",\(store)"logAnalyticsDestinationType":"Dedicated",\
      "logs":[{"category":"\(category)","enabled":true}]}}
      """
  }

  private static func alerting(_ path: String) -> String? {
    let insights = "\(group)/providers/microsoft.insights"
    switch path.split(separator: "/").last {
    case "values":
      return """
        {"eventTimestamp":"2026-11-19T22:40:11Z","operationName":{"value":"Microsoft.Resources/\
        tags/write"},"status":{"value":"Succeeded"},"category":{"value":"Administrative"},\
        "subscriptionId":"\(dev)","caller":"ops@example.org","correlationId":"c","eventDataId":"e"}
        """
    case "activitylogalerts":
      return """
        {"id":"\(insights)/activityLogAlerts/a","name":"a","properties":{"scopes":["/subscriptions/\
        \(dev)"],"enabled":true,"condition":{"allOf":[{"field":"operationName","equals":\
        "Microsoft.Insights/diagnosticSettings/delete"}]},"actions":{"actionGroups":[{\
        "actionGroupId":"\(actions)"}]}}}
        """
    case "actiongroups": return entity("\(insights.lowercased())/actiongroups/sec", "sec")
    case "diagnosticsettingscategories":
      return
        #"{"name":"AuditEvent","properties":{"categoryType":"Logs","categoryGroups":["audit"]}}"#
    case "resources":
      return #"{"id":"\#(vault)","name":"acme-dev","type":"Microsoft.KeyVault/vaults"}"#
    default: return nil
    }
  }

  private static func storing(_ path: String) -> String? {
    switch path.split(separator: "/").last {
    case "workspaces": entity(workspace.lowercased(), "central")
    case "storageaccounts": entity(archive.lowercased(), "acmelogs")
    case "tables":
      #"{"name":"AzureActivity","properties":{"retentionInDays":90,"plan":"Analytics"}}"#
    default: nil
    }
  }

  /// Members of all kinds at once: each reader takes its own.
  private static func entity(_ path: String, _ name: String) -> String {
    """
    {"id":"\(path)","name":"\(name)","location":"westeurope","properties":{"enabled":true,\
    "customerId":"\(customer)","retentionInDays":365,"provisioningState":"Succeeded",\
    "workspaceCapping":{"dailyQuotaGb":-1,"dataIngestionStatus":"RespectQuota"},\
    "groupShortName":"sec","emailReceivers":[{"name":"m","emailAddress":"m@example.org",\
    "status":"Enabled"}],"supportsHttpsTrafficOnly":true,"allowBlobPublicAccess":false,\
    "primaryEndpoints":{"blob":"https://acmelogs.blob.core.windows.net/",\
    "queue":"https://acmelogs.queue.core.windows.net/"},"publicAccess":"None",\
    "hasImmutabilityPolicy":true,"immutabilityPeriodSinceCreationInDays":400,"state":"Locked",\
    "scopes":["/subscriptions/\(dev)"],"level":"CanNotDelete","policy":{"rules":[]}}}
    """
  }

  /// A table with the columns that a query names, and no row; two rows where slots are asked for.
  static func table(_ body: String) -> String {
    var columns: [String] = []
    for part in body.components(separatedBy: " = ").dropLast() {
      let name =
        part.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.last.map(String.init) ?? ""
      if !name.isEmpty, !columns.contains(name) { columns.append(name) }
    }
    let shown = columns.map {
      #"{"name":"\#($0)","type":"\#($0 == "Slot" ? "datetime" : "long")"}"#
    }
    let rows =
      columns.contains("Slot")
      ? ["2026-11-19T00:00:00Z", "2026-11-19T21:00:00Z"].map { time in
        "[" + columns.map { $0 == "Slot" ? "\"\(time)\"" : "1" }.joined(separator: ",") + "]"
      } : []
    return """
      {"tables":[{"name":"PrimaryResult","columns":[\(shown.joined(separator: ","))],\
      "rows":[\(rows.joined(separator: ","))]}]}
      """
  }
}
