import Foundation

/// A KMS key as DescribeKey shows it (KMS API Reference, `KeyMetadata`).
public struct KeyFacts: Sendable, Equatable {
  public var arn: String
  public var id: String
  /// `Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, `Unavailable`, `Creating`,
  /// `Updating`, `PendingReplicaDeletion`.
  public var state: String
  /// UTC; where the key waits for its end.
  public var deletion: Date?
  /// `CUSTOMER` or `AWS`.
  public var manager: String?
  /// `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`.
  public var origin: String?
  /// `SYMMETRIC_DEFAULT` for what can encrypt log files.
  public var spec: String?

  public init(arn: String, id: String, state: String) {
    self.arn = arn
    self.id = id
    self.state = state
  }
}

extension AWSClient {
  /// KMS DescribeKey, by id, ARN or alias. IAM: `kms:DescribeKey`.
  public func describeKey(_ key: String, region: String) async throws(AWSError) -> KeyFacts {
    let answer = try await ask("DescribeKey", key, region)
    guard let entry = try answer.json()["KeyMetadata"], entry.members != nil else {
      throw answer.unreadable("it has no KeyMetadata")
    }
    let body = JSONMembers(answer: answer, value: entry, name: "KeyMetadata")
    var facts = KeyFacts(
      arn: try body.needText("Arn"), id: try body.needText("KeyId"),
      state: try body.needText("KeyState"))
    facts.deletion = try body.time("DeletionDate")
    facts.manager = try body.text("KeyManager")
    facts.origin = try body.text("Origin")
    facts.spec = try body.text("KeySpec")
    return facts
  }

  /// KMS GetKeyPolicy: the key's one policy, as JSON text. By id or ARN, not by alias. IAM:
  /// `kms:GetKeyPolicy`.
  public func keyPolicy(_ key: String, region: String) async throws(AWSError) -> String {
    let answer = try await ask(
      "GetKeyPolicy", key, region, [JSONMember("PolicyName", .string("default"))])
    return try JSONMembers(answer: answer, value: try answer.json()).needText("Policy")
  }

  /// KMS GetKeyRotationStatus: whether the key is rotated by itself. By id or ARN. IAM:
  /// `kms:GetKeyRotationStatus`.
  public func keyIsRotated(_ key: String, region: String) async throws(AWSError) -> Bool {
    let answer = try await ask("GetKeyRotationStatus", key, region)
    return try JSONMembers(answer: answer, value: try answer.json()).needFlag("KeyRotationEnabled")
  }

  private func ask(
    _ operation: String, _ key: String, _ region: String, _ more: [JSONMember] = []
  ) async throws(AWSError) -> AWSAnswer {
    let call = AWSCall.json(
      .kms, target: "TrentService", operation, region: region,
      [JSONMember("KeyId", .string(key))] + more)
    return try await answer(to: call)
  }
}
