import CloudAPI

/// Resource Manager's resources as they were in one era, by their ids in small letters.
struct DemoArm: Sendable {
  struct Document: Sendable {
    /// In small letters.
    var key: String
    /// As the data writes it.
    var id: String
    var value: JSONValue
    var kind: DemoArmKind?
  }

  let documents: [Document]
  private let places: [String: Int]
  /// Diagnostic settings by what they are attached to.
  private let routes: [String: [Route]]

  /// Where a diagnostic setting sends which categories.
  struct Route: Sendable {
    var workspace: String?
    var storage: String?
    /// `allLogs` and `audit` carry every category of the demo's.
    var isWhole: Bool
    var categories: Set<String>
  }

  init(_ settings: JSONValue) {
    documents = (settings["arm"]?.members ?? []).map { member in
      let key = member.name.lowercased()
      return Document(key: key, id: member.name, value: member.value, kind: DemoArmKind(key))
    }
    places = Dictionary(documents.enumerated().map { ($0.element.key, $0.offset) }) { $1 }
    var routes: [String: [Route]] = [:]
    for document in documents {
      guard let kind = document.kind, kind.type == "microsoft.insights/diagnosticsettings" else {
        continue
      }
      routes[kind.scope, default: []].append(Route(document.value["properties"] ?? .null))
    }
    self.routes = routes
  }

  subscript(_ key: String) -> Document? { places[key].map { documents[$0] } }

  func has(_ key: String) -> Bool { places[key] != nil }

  /// - Parameter scope: an id in small letters.
  func carries(_ scope: String, _ category: String, to place: DemoArchive) -> Bool {
    (routes[scope] ?? []).contains { route in
      let isThere =
        switch place {
        case .workspace(let id): route.workspace == id
        case .storage(let id): route.storage == id
        }
      return isThere && (route.isWhole || route.categories.contains(category))
    }
  }
}

/// A destination of diagnostic settings, by its id in small letters.
enum DemoArchive: Sendable {
  case workspace(String)
  case storage(String)
}

extension DemoArm.Route {
  init(_ properties: JSONValue) {
    let logs = (properties["logs"]?.array ?? []).filter { $0["enabled"]?.bool == true }
    let groups = logs.compactMap { $0["categoryGroup"]?.string }
    self.init(
      workspace: properties["workspaceId"]?.string?.lowercased(),
      storage: properties["storageAccountId"]?.string?.lowercased(),
      isWhole: !Set(groups).isDisjoint(with: ["allLogs", "audit"]),
      categories: Set(logs.compactMap { $0["category"]?.string }))
  }
}

/// Of which type the thing, or the list of things, at a path of Resource Manager is.
struct DemoArmKind: Sendable {
  /// `Microsoft.Insights/diagnosticSettings`, as the path writes it.
  var type: String
  /// What stands before the last `/providers/`.
  var scope: String
  var isList: Bool
  /// Inside another resource of the same provider: `workspaces/W/tables`.
  var isNested: Bool

  /// Nil for a path without a provider.
  init?(_ path: String) {
    let parts = path.split(separator: "/").map(String.init)
    guard let at = parts.lastIndex(where: { $0.lowercased() == "providers" }), at + 2 < parts.count
    else { return nil }
    scope = "/" + parts[..<at].joined(separator: "/")
    let tail = parts[(at + 2)...]
    isList = tail.count % 2 == 1
    isNested = tail.count > 2
    let words = tail.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    type = ([parts[at + 1]] + words).joined(separator: "/")
  }
}
