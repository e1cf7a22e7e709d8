/// The audit record of an entry (google.cloud.audit.AuditLog). Members of an unexpected kind are nil.
public struct GoogleAuditRecord: Sendable, Equatable {
  /// One permission that was checked.
  public struct Check: Sendable, Equatable {
    public var permission: String?
    public var resource: String?
    /// Google leaves false out.
    public var isGranted: Bool
  }

  /// `logging.googleapis.com`
  public var serviceName: String?
  /// `google.logging.v2.ConfigServiceV2.DeleteSink`
  public var methodName: String?
  /// `projects/acme-1/sinks/to-siem`
  public var resourceName: String?
  /// Who: the e-mail address, or the principal's name where there is no address.
  public var principal: String?
  /// On whose behalf a service account acted, first hand first.
  public var delegates: [String] = []
  /// As sent; may be `private`, or a service's name.
  public var callerIP: String?
  public var userAgent: String?
  public var checks: [Check] = []
  /// google.rpc.Code; 0 for success. Google leaves 0 out.
  public var statusCode: Int
  public var statusMessage: String?
  public var request: JSONValue?
  public var response: JSONValue?
  public var serviceData: JSONValue?
  public var metadata: JSONValue?

  /// The call changed what it says.
  public var succeeded: Bool { statusCode == 0 }

  /// Nil for a payload of another type.
  public init?(_ value: JSONValue) {
    guard value["@type"]?.string?.hasSuffix("google.cloud.audit.AuditLog") == true else {
      return nil
    }
    serviceName = value["serviceName"]?.string
    methodName = value["methodName"]?.string
    resourceName = value["resourceName"]?.string
    let who = value["authenticationInfo"]
    principal = who?["principalEmail"]?.string ?? who?["principalSubject"]?.string
    for step in who?["serviceAccountDelegationInfo"]?.array ?? [] {
      let name = step["firstPartyPrincipal"]?["principalEmail"] ?? step["principalSubject"]
      if let text = name?.string { delegates.append(text) }
    }
    callerIP = value["requestMetadata"]?["callerIp"]?.string
    userAgent = value["requestMetadata"]?["callerSuppliedUserAgent"]?.string
    for check in value["authorizationInfo"]?.array ?? [] {
      checks.append(
        Check(
          permission: check["permission"]?.string, resource: check["resource"]?.string,
          isGranted: check["granted"]?.bool ?? false))
    }
    // A status that cannot be read is no success.
    let status = value["status"]
    let code = status?["code"]
    statusCode = code?.number.flatMap { Int(exactly: $0) } ?? (code == nil ? 0 : 2)
    statusMessage = status?["message"]?.string
    request = value["request"]
    response = value["response"]
    serviceData = value["serviceData"]
    metadata = value["metadata"]
  }
}
