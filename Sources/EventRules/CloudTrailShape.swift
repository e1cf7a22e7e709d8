/// What a field of a CloudTrail record may hold.
indirect enum FieldShape: Sendable {
  /// Text; the values that are known, if they are few.
  case text([String] = [])
  case flag
  case object([String: FieldShape])
  case list(FieldShape)
  /// Whatever the service that was called puts there.
  case free
}

/// The fields of a CloudTrail record (CloudTrail User Guide, "CloudTrail record contents",
/// "CloudTrail userIdentity element"), for one question: can a condition on a field ever hold?
enum CloudTrailShape {
  static let record: [String: FieldShape] = [
    "eventVersion": .text(), "userIdentity": .object(userIdentity), "eventTime": .text(),
    "eventSource": .text(), "eventName": .text(), "awsRegion": .text(),
    "sourceIPAddress": .text(), "userAgent": .text(), "errorCode": .text(),
    "errorMessage": .text(), "requestParameters": .free, "responseElements": .free,
    "additionalEventData": .free, "requestID": .text(), "eventID": .text(),
    "eventType": .text(eventTypes), "apiVersion": .text(), "managementEvent": .flag,
    "readOnly": .flag, "resources": .list(.object(resource)), "recipientAccountId": .text(),
    "serviceEventDetails": .free, "sharedEventID": .text(), "vpcEndpointId": .text(),
    "vpcEndpointAccountId": .text(), "eventCategory": .text(eventCategories),
    "addendum": .free, "sessionCredentialFromConsole": .text(), "edgeDeviceDetails": .free,
    "tlsDetails": .object(tls), "eventContext": .free, "insightDetails": .free,
  ]

  private static let userIdentity: [String: FieldShape] = [
    "type": .text(identityTypes), "principalId": .text(), "arn": .text(), "accountId": .text(),
    "accessKeyId": .text(), "userName": .text(), "invokedBy": .text(),
    "identityProvider": .text(), "credentialId": .text(), "inScopeOf": .free,
    "onBehalfOf": .object(["userId": .text(), "identityStoreArn": .text()]),
    "sessionContext": .object([
      "sessionIssuer": .object([
        "type": .text(), "principalId": .text(), "arn": .text(), "accountId": .text(),
        "userName": .text(),
      ]),
      // Both are text: "true", "2026-11-20T03:00:00Z".
      "attributes": .object([
        "mfaAuthenticated": .text(["true", "false"]), "creationDate": .text(),
      ]),
      "webIdFederationData": .free, "sourceIdentity": .text(), "ec2RoleDelivery": .text(),
      "assumedRoot": .text(), "ec2IssuedInVpc": .text(), "ec2InstanceSourceVPC": .text(),
      "ec2InstanceSourcePrivateIPv4": .text(),
    ]),
  ]

  private static let resource: [String: FieldShape] = [
    "ARN": .text(), "ARNPrefix": .text(), "accountId": .text(), "type": .text(),
  ]

  private static let tls: [String: FieldShape] = [
    "tlsVersion": .text(), "cipherSuite": .text(), "clientProvidedHostHeader": .text(),
    "keyExchange": .text(),
  ]

  static let eventTypes = [
    "AwsApiCall", "AwsServiceEvent", "AwsConsoleAction", "AwsConsoleSignIn", "AwsVpceEvent",
    "AwsCloudTrailInsight", "AwsMcpEvent",
  ]

  static let eventCategories = ["Management", "Data", "NetworkActivity", "Insight"]

  static let identityTypes = [
    "Root", "IAMUser", "AssumedRole", "Role", "FederatedUser", "Directory", "AWSAccount",
    "AWSService", "IdentityCenterUser", "SAMLUser", "WebIdentityUser", "Unknown",
  ]

  /// Values of fields that the services fill in, where a filter's whole purpose hangs on them.
  static let known: [String: [String]] = [
    "$.additionalEventData.MFAUsed": ["Yes", "No"],
    "$.responseElements.ConsoleLogin": ["Success", "Failure"],
  ]
}
