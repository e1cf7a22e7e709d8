import CloudAPI
import Transfer

/// Resource Manager: projects, folders and their policies.
extension DemoGCP {
  func manager(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard asked.parts.first == "v3" || asked.parts.first == "v1" else { return Self.notFound }
    let path = asked.parts.dropFirst().joined(separator: "/")
    switch (asked.method, path) {
    case ("GET", "projects:search"): return page("projects", visible(now), asked)
    case ("GET", "projects"):
      let parent = asked.query["parent"]
      let found = visible(now).filter { $0["parent"]?.string == parent || parent == nil }
      return page("projects", found, asked)
    case ("GET", "folders"): return page("folders", [], asked)
    case ("POST", _) where path.hasSuffix(":getIamPolicy"):
      return policy(String(path.dropLast(":getIamPolicy".count)), now)
    // The demo's credentials hold what they ask for, wherever they may look at all.
    case ("POST", _) where path.hasPrefix("projects/") && path.hasSuffix(":testIamPermissions"):
      return DemoReply.json(
        DemoReply.object([("permissions", asked.json?["permissions"] ?? .array([]))]))
    case ("GET", _) where path.hasPrefix("projects/") && asked.parts.count == 3:
      return DemoReply.json(project(asked.parts[2], now))
    case (_, _) where path.hasPrefix("organizations/") || path.hasPrefix("folders/"):
      return Self.error(
        403, "PERMISSION_DENIED", "The caller does not have permission",
        reason: "IAM_PERMISSION_DENIED")
    default: return Self.notFound
    }
  }

  /// All that the credentials may see; what they may not is left out without a word.
  private func visible(_ now: Int) -> [JSONValue] {
    (settings(now)["projects"]?.members ?? []).map(\.name)
      .filter { settings(now).at("denied", $0)?.bool != true }.map { project($0, now) }
  }

  private func project(_ id: String, _ now: Int) -> JSONValue {
    let facts = settings(now).at("projects", id, "project") ?? .object([])
    return DemoReply.object([("projectId", .string(id))]).merged(with: facts)
  }

  private func policy(_ name: String, _ now: Int) -> HTTPResponse {
    let parts = name.split(separator: "/").map(String.init)
    guard parts.count == 2, parts[0] == "projects",
      let found = settings(now).at("projects", parts[1], "policy")
    else {
      return Self.error(
        403, "PERMISSION_DENIED", "The caller does not have permission",
        reason: "IAM_PERMISSION_DENIED")
    }
    return DemoReply.json(found)
  }
}
