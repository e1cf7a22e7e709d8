import Foundation

/// An IAM role (IAM API Reference, `Role`).
public struct IAMRole: Sendable, Equatable {
  public var name: String
  public var arn: String
  /// Who may become it: the trust policy's JSON text.
  public var trust: String
  /// The ARN of the policy that bounds its permissions.
  public var boundary: String?

  public init(name: String, arn: String, trust: String, boundary: String? = nil) {
    self.name = name
    self.arn = arn
    self.trust = trust
    self.boundary = boundary
  }
}

extension AWSClient {
  /// GetRole. IAM: `iam:GetRole`.
  public func role(name: String) async throws(AWSError) -> IAMRole {
    let answer = try await iam("GetRole", [(name: "RoleName", value: name)])
    guard let entry = try answer.result("GetRole")["Role"] else {
      throw answer.unreadable("it has no Role")
    }
    return IAMRole(
      name: try entry.needText("RoleName"), arn: try entry.needText("Arn"),
      trust: try Self.document(entry, "AssumeRolePolicyDocument"),
      boundary: entry["PermissionsBoundary"]?.text("PermissionsBoundaryArn"))
  }

  /// ListRolePolicies: names of the policies inside the role. IAM: `iam:ListRolePolicies`.
  public func rolePolicyNames(role: String) async throws(AWSError) -> [String] {
    try await iamPages("ListRolePolicies", list: "PolicyNames", role) {
      (entry) throws(AWSError) in entry.node.text
    }
  }

  /// GetRolePolicy: the policy's JSON text. IAM: `iam:GetRolePolicy`.
  public func rolePolicy(role: String, name: String) async throws(AWSError) -> String {
    let answer = try await iam(
      "GetRolePolicy", [(name: "RoleName", value: role), (name: "PolicyName", value: name)])
    return try Self.document(try answer.result("GetRolePolicy"), "PolicyDocument")
  }

  /// ListAttachedRolePolicies: ARNs of the managed policies. IAM: `iam:ListAttachedRolePolicies`.
  public func attachedPolicies(role: String) async throws(AWSError) -> [String] {
    try await iamPages("ListAttachedRolePolicies", list: "AttachedPolicies", role) {
      (entry) throws(AWSError) in try entry.needText("PolicyArn")
    }
  }

  /// GetPolicy and GetPolicyVersion: the default version's JSON text. IAM: `iam:GetPolicy`,
  /// `iam:GetPolicyVersion`.
  public func managedPolicy(arn: String) async throws(AWSError) -> String {
    let about = try await iam("GetPolicy", [(name: "PolicyArn", value: arn)])
    guard let version = try about.result("GetPolicy")["Policy"]?.text("DefaultVersionId") else {
      throw about.unreadable("it names no DefaultVersionId")
    }
    let answer = try await iam(
      "GetPolicyVersion", [(name: "PolicyArn", value: arn), (name: "VersionId", value: version)])
    guard let entry = try answer.result("GetPolicyVersion")["PolicyVersion"] else {
      throw answer.unreadable("it has no PolicyVersion")
    }
    return try Self.document(entry, "Document")
  }

  private func iam(
    _ operation: String, _ parameters: [(name: String, value: String)]
  ) async throws(AWSError) -> AWSAnswer {
    try await answer(
      to: .form(
        .iam, version: "2010-05-08", operation, region: try homeRegion(), parameters))
  }

  private func iamPages<Item>(
    _ operation: String, list: String, _ role: String,
    _ read: (XMLMembers) throws(AWSError) -> Item
  ) async throws(AWSError) -> [Item] {
    var items: [Item] = []
    let isWhole = try await Paging.walk(operation, cap: Paging.settingsCap) {
      (token) async throws(AWSError) in
      let more = token.map { [(name: "Marker", value: $0)] } ?? []
      let answer = try await iam(operation, [(name: "RoleName", value: role)] + more)
      let page = try answer.result(operation)
      guard let found = page[list] else { throw answer.unreadable("it has no \(list)") }
      for entry in found.all("member") { items.append(try read(entry)) }
      guard page.text("IsTruncated")?.lowercased() == "true" else { return .end }
      return .more(token: try page.needText("Marker"))
    }
    guard isWhole else { throw Paging.endless(operation) }
    return items
  }

  /// IAM sends policies percent-encoded (RFC 3986); a plus sign stands for itself.
  private static func document(
    _ entry: XMLMembers, _ name: String
  ) throws(AWSError) -> String {
    let text = try entry.needText(name)
    if text.first == "{" { return text }
    guard let decoded = PercentEncoding.decode(text.replacing("+", with: "%2B")) else {
      throw entry.answer.unreadable("\(name) is not percent-encoded text")
    }
    return decoded
  }
}
