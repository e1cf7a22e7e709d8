import WatchCore

/// Who may take on the watch's role in another account (IAM User Guide, "How to use an external ID").
public struct TrustPolicy: Sendable {
  /// A principal's ARN.
  public var principal: String
  public var externalID: String?

  public enum Problem: Error, Hashable, Sendable {
    case principal(String)
    case externalID

    public var text: String {
      switch self {
      case .principal(let text):
        "\"\(text.shortened(to: 60))\" is neither an account's twelve digits nor the ARN of a role "
          + "or user"
      case .externalID: "an external id is 2 to 1224 letters, digits or + = , . @ : / - _"
      }
    }
  }

  /// - Parameter trusted: twelve digits for a whole account, or the ARN of a role or user.
  public init(trusting trusted: String, externalID: String?, partition: String) throws(Problem) {
    if let externalID, !Self.isExternalID(externalID) { throw .externalID }
    self.externalID = externalID
    let isAccount =
      trusted.utf8.count == 12 && trusted.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if isAccount {
      principal = "arn:\(partition):iam::\(trusted):root"
    } else if let arn = ARN(trusted), arn.service == "iam",
      ["role/", "user/"].contains(where: { arn.resource.hasPrefix($0) }) || arn.resource == "root",
      !trusted.contains("*")
    {
      principal = trusted
    } else {
      throw .principal(trusted)
    }
  }

  public func document(account: String) -> PrintedPolicy {
    let condition = externalID.map {
      PrintedStatement.Condition("StringEquals", "sts:ExternalId", [$0])
    }
    return PrintedPolicy(
      "watchkeeper-\(account)-trust",
      use: "the trust policy of the watch's role in account \(account)",
      [
        PrintedStatement(
          "WatchTakesRole", .allow, actions: ["sts:AssumeRole"], resources: [],
          conditions: condition.map { [$0] } ?? [], principals: [principal])
      ], limit: PrintedPolicy.trustLimit)
  }

  /// What the watch's own identity needs to take the role on.
  public static func assuming(_ roleARN: String, account: String) -> PrintedPolicy {
    PrintedPolicy(
      "watchkeeper-\(account)-assume",
      use: "attach to the watch's own identity: it takes on the role in account \(account)",
      [
        PrintedStatement(
          "TakeWatchRole", .allow, actions: ["sts:AssumeRole"], resources: [roleARN])
      ], limit: PrintedPolicy.managedLimit)
  }

  private static func isExternalID(_ text: String) -> Bool {
    (2...1224).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar) || "+=,.@:/-_".unicodeScalars.contains(scalar)
      }
  }
}
