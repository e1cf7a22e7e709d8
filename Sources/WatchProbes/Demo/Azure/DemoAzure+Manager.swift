import CloudAPI
import Transfer

/// Resource Manager: every resource of the data by its id, and lists of them by their type.
extension DemoAzure {
  /// Types that are looked at; of others the demo says what Azure says of a type that it has not.
  private static let types: Set<String> = [
    "microsoft.insights/diagnosticsettings", "microsoft.insights/diagnosticsettingscategories",
    "microsoft.insights/activitylogalerts", "microsoft.insights/scheduledqueryrules",
    "microsoft.insights/actiongroups", "microsoft.alertsmanagement/actionrules",
    "microsoft.authorization/locks", "microsoft.operationalinsights/workspaces",
    "microsoft.operationalinsights/workspaces/tables", "microsoft.storage/storageaccounts",
    "microsoft.storage/storageaccounts/blobservices",
    "microsoft.storage/storageaccounts/blobservices/containers",
    "microsoft.storage/storageaccounts/blobservices/containers/immutabilitypolicies",
    "microsoft.storage/storageaccounts/managementpolicies", "microsoft.keyvault/vaults",
    "microsoft.keyvault/vaults/keys", "microsoft.eventgrid/eventsubscriptions",
    "microsoft.eventgrid/systemtopics", "microsoft.eventgrid/systemtopics/eventsubscriptions",
    "microsoft.resources/tags",
  ]
  /// Listed where they stand alone, and not for all that is inside.
  private static let extensions: Set<String> = [
    "microsoft.insights/diagnosticsettings", "microsoft.insights/diagnosticsettingscategories",
    "microsoft.eventgrid/eventsubscriptions",
  ]

  func manager(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard asked.query.contains(where: { $0.key.lowercased() == "api-version" }) else {
      return Self.error(
        400, "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.")
    }
    let path = "/" + asked.parts.joined(separator: "/").lowercased()
    if let refusal = denial(path, now) { return refusal }
    guard asked.method == "GET" else {
      return Self.error(405, "HttpMethodNotSupported", "The demo changes nothing.")
    }
    if path.hasSuffix("/providers/microsoft.insights/eventtypes/management/values") {
      return activityLog(asked, now)
    }
    let arm = arm(now)
    if let found = arm[path] { return DemoReply.json(Self.resource(found)) }
    if let missing = missingScope(path, arm) { return missing }
    guard let kind = DemoArmKind(path) else {
      return plainList(path, asked, arm)
    }
    guard Self.types.contains(kind.type) else {
      return Self.error(
        404, "InvalidResourceType", "The resource type '\(kind.type)' could not be found.")
    }
    guard kind.isList else {
      return Self.error(404, "ResourceNotFound", "The Resource '\(path)' was not found.")
    }
    if kind.type == "microsoft.authorization/locks" { return locks(kind.scope, arm) }
    let isExact = Self.extensions.contains(kind.type) || kind.isNested
    return list(
      arm.documents.filter { document in
        guard document.kind?.type == kind.type else { return false }
        let head = isExact ? path : kind.scope
        guard document.key.hasPrefix("\(head)/") else { return false }
        return !isExact || !document.key.dropFirst(head.count + 1).contains("/")
      })
  }

  /// Those of the scope, of what is inside of it, and those that it inherits.
  private func locks(_ scope: String, _ arm: DemoArm) -> HTTPResponse {
    list(
      arm.documents.filter { document in
        guard let kind = document.kind, kind.type == "microsoft.authorization/locks" else {
          return false
        }
        return "\(kind.scope)/".hasPrefix("\(scope)/") || "\(scope)/".hasPrefix("\(kind.scope)/")
      })
  }

  /// What the credentials may not read: `denied` holds scopes.
  private func denial(_ path: String, _ now: Int) -> HTTPResponse? {
    let scopes = settings(now)["denied"]?.members?.map { $0.name.lowercased() } ?? []
    guard let scope = scopes.first(where: { path == $0 || path.hasPrefix("\($0)/") }) else {
      return nil
    }
    return Self.error(
      403, "AuthorizationFailed",
      "The client 'watchkeeper' with object id '5e1f0000-0000-4000-8000-000000000009' does not have "
        + "authorization to perform this action over scope '\(scope)' or the scope is invalid.")
  }

  /// 404 where the subscription, the group or the resource that is asked about does not exist.
  private func missingScope(_ path: String, _ arm: DemoArm) -> HTTPResponse? {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.first == "subscriptions", parts.count > 1 else { return nil }
    guard arm.has("/subscriptions/\(parts[1])") else {
      return Self.error(
        404, "SubscriptionNotFound", "The subscription '\(parts[1])' could not be found.")
    }
    if parts.count > 3, parts[2] == "resourcegroups",
      !arm.has("/" + parts.prefix(4).joined(separator: "/"))
    {
      return Self.error(
        404, "ResourceGroupNotFound", "Resource group '\(parts[3])' could not be found.")
    }
    guard let kind = DemoArmKind(path), kind.isList else { return nil }
    let scope = kind.isNested ? path.split(separator: "/").dropLast().joined(separator: "/") : ""
    let missing = [kind.scope, scope.isEmpty ? kind.scope : "/\(scope)"].first { !arm.has($0) }
    return missing.map {
      Self.error(404, "ResourceNotFound", "The Resource '\($0)' was not found.")
    }
  }

  /// `/subscriptions`, `…/resourceGroups`, `…/resources`.
  private func plainList(
    _ path: String, _ asked: DemoWebRequest, _ arm: DemoArm
  ) -> HTTPResponse {
    let parts = path.split(separator: "/")
    switch (parts.count, parts.last) {
    case (1, "subscriptions"):
      return list(arm.documents.filter { $0.key.split(separator: "/").count == 2 })
    case (3, "resourcegroups"):
      return list(
        arm.documents.filter { $0.key.hasPrefix("\(path)/") && $0.kind == nil })
    case (3, "resources"):
      let scope = "/" + parts.dropLast().joined(separator: "/")
      guard let type = Self.quoted(asked.query["$filter"], after: "resourcetype eq ") else {
        return Self.error(400, "InvalidFilterInQueryString", "The filter is not one of the demo's.")
      }
      return list(
        arm.documents.filter { $0.key.hasPrefix("\(scope)/") && $0.kind?.type == type })
    default: return Self.error(404, "InvalidResourceType", "There is nothing at '\(path)'.")
    }
  }

  private func list(_ documents: [DemoArm.Document]) -> HTTPResponse {
    DemoReply.json(DemoReply.object([("value", .array(documents.map(Self.resource)))]))
  }

  /// `resourceType eq 'Microsoft.KeyVault/vaults'`: the quoted text, in small letters; nil for any
  /// other text.
  private static func quoted(_ text: String?, after head: String) -> String? {
    guard let text = text?.lowercased(), text.hasPrefix("\(head)'"), text.hasSuffix("'") else {
      return nil
    }
    let inner = text.dropFirst(head.count + 1).dropLast()
    return inner.contains("'") ? nil : String(inner)
  }

  /// With id, name and type, as every resource has them; the settings of a subscription come without
  /// their id's first slash.
  private static func resource(_ document: DemoArm.Document) -> JSONValue {
    let parts = document.id.split(separator: "/").map(String.init)
    guard parts.count > 2 else {
      return DemoReply.object([("id", .string(document.id))]).merged(with: document.value)
    }
    let isOfSubscription = parts.count == 6 && parts[4].lowercased() == "diagnosticsettings"
    var head: [(String, JSONValue)] = [
      ("id", .string(isOfSubscription ? String(document.id.dropFirst()) : document.id)),
      ("name", .string(parts.last ?? "")),
    ]
    if let kind = DemoArmKind(document.id) { head.append(("type", .string(kind.type))) }
    return DemoReply.object(head).merged(with: document.value)
  }
}
