import CloudAPI
import Transfer

/// KMS and IAM: the log files' key, and the role that writes to the log group.
extension DemoAnswers {
  func kms(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let id = asked.text("KeyId") ?? ""
    let keys = settings(now)["keys"]?.members ?? []
    guard let key = keys.first(where: { $0.name == id || $0.name.hasSuffix("/\(id)") }) else {
      return jsonError("NotFoundException", "Key '\(id)' does not exist")
    }
    switch asked.operation {
    case "DescribeKey":
      return json(.object([JSONMember("KeyMetadata", key.value["metadata"] ?? .object([]))]))
    case "GetKeyPolicy":
      let policy = key.value["policy"]?.text ?? ""
      return json(
        .object([
          JSONMember("Policy", .string(policy)), JSONMember("PolicyName", .string("default")),
        ]))
    case "GetKeyRotationStatus":
      return json(
        .object([
          JSONMember("KeyId", .string(key.name)),
          JSONMember("KeyRotationEnabled", key.value["rotation"] ?? .bool(false)),
        ]))
    case "ListGrants":
      return json(
        .object([JSONMember("Grants", .array([])), JSONMember("Truncated", .bool(false))]))
    case "ListResourceTags":
      return json(.object([JSONMember("Tags", .array([])), JSONMember("Truncated", .bool(false))]))
    default: return unplayed(asked)
    }
  }

  func iam(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    if asked.operation.hasPrefix("GetPolicy") { return managedPolicy(asked, now) }
    let name = asked.text("RoleName") ?? ""
    guard let role = settings(now).at("roles", name) else {
      return queryError(
        404, "NoSuchEntity", "The role with name \(name) cannot be found.")
    }
    let inline = role["inline"]?.members ?? []
    switch asked.operation {
    case "GetRole":
      var known = role["role"] ?? .object([])
      // IAM sends its documents percent-encoded.
      known = known.merged(
        with: .object([
          JSONMember("AssumeRolePolicyDocument", encoded(role["trust"]))
        ]))
      return reply(asked, .object([JSONMember("Role", known)]))
    case "ListRolePolicies":
      return reply(
        asked,
        .object([
          JSONMember("PolicyNames", .array(inline.map { .string($0.name) })),
          JSONMember("IsTruncated", .bool(false)),
        ]))
    case "GetRolePolicy":
      let wanted = asked.text("PolicyName") ?? ""
      guard let policy = inline.first(where: { $0.name == wanted }) else {
        return queryError(404, "NoSuchEntity", "The role policy \(wanted) cannot be found.")
      }
      return reply(
        asked,
        .object([
          JSONMember("RoleName", .string(name)), JSONMember("PolicyName", .string(wanted)),
          JSONMember("PolicyDocument", encoded(policy.value)),
        ]))
    case "ListAttachedRolePolicies":
      return reply(
        asked,
        .object([
          JSONMember("AttachedPolicies", role["attached"] ?? .array([])),
          JSONMember("IsTruncated", .bool(false)),
        ]))
    default: return unplayed(asked)
    }
  }

  private func managedPolicy(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let arn = asked.text("PolicyArn") ?? ""
    guard let policy = settings(now).at("policies", arn) else {
      return queryError(404, "NoSuchEntity", "Policy \(arn) does not exist.")
    }
    if asked.operation == "GetPolicy" {
      let facts: JSONValue = .object([
        JSONMember("Arn", .string(arn)), JSONMember("DefaultVersionId", .string("v1")),
      ])
      return reply(asked, .object([JSONMember("Policy", facts)]))
    }
    let version: JSONValue = .object([
      JSONMember("Document", encoded(policy)), JSONMember("VersionId", .string("v1")),
      JSONMember("IsDefaultVersion", .bool(true)),
    ])
    return reply(asked, .object([JSONMember("PolicyVersion", version)]))
  }

  private func encoded(_ document: JSONValue?) -> JSONValue {
    .string(PercentEncoding.encode((document ?? .object([])).text))
  }
}
