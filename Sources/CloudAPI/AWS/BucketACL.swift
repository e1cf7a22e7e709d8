/// A bucket's access control list (S3 API Reference, `GetBucketAcl`).
public struct BucketACL: Sendable, Equatable {
  public enum Grantee: Sendable, Hashable {
    /// An account's canonical user id.
    case user(String)
    case email(String)
    /// A group's URI: everybody, any AWS account, the log delivery service.
    case group(String)

    public static let everybody = Grantee.group("http://acs.amazonaws.com/groups/global/AllUsers")
    public static let anyAccount = Grantee.group(
      "http://acs.amazonaws.com/groups/global/AuthenticatedUsers")
    public static let logDelivery = Grantee.group("http://acs.amazonaws.com/groups/s3/LogDelivery")
  }

  public struct Grant: Sendable, Hashable {
    public var grantee: Grantee
    /// `FULL_CONTROL`, `WRITE`, `WRITE_ACP`, `READ`, `READ_ACP`.
    public var permission: String

    public init(_ grantee: Grantee, _ permission: String) {
      self.grantee = grantee
      self.permission = permission
    }
  }

  /// Canonical user id of the bucket's owner.
  public var owner: String
  public var grants: [Grant]

  public init(owner: String, grants: [Grant]) {
    self.owner = owner
    self.grants = grants
  }

  static func read(_ body: XMLMembers) throws(AWSError) -> BucketACL {
    guard let owner = body["Owner"], let list = body["AccessControlList"] else {
      throw body.answer.unreadable("it has no Owner or no AccessControlList")
    }
    var grants: [Grant] = []
    for entry in list.all("Grant") {
      guard let grantee = entry["Grantee"] else {
        throw body.answer.unreadable("a grant has no Grantee")
      }
      grants.append(Grant(try who(grantee), try entry.needText("Permission")))
    }
    return BucketACL(owner: try owner.needText("ID"), grants: grants)
  }

  /// By what it holds: the `xsi:type` attribute says the same.
  private static func who(_ grantee: XMLMembers) throws(AWSError) -> Grantee {
    if let uri = grantee.text("URI") { return .group(uri) }
    if let id = grantee.text("ID") { return .user(id) }
    if let email = grantee.text("EmailAddress") { return .email(email) }
    throw grantee.answer.unreadable("a grantee has neither URI, ID nor e-mail address")
  }
}
