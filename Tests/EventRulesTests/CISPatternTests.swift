import Testing

@testable import EventRules

/// The metric filters of the CIS AWS Foundations Benchmark (5.x in v6 and v7, 4.x in v3): each is
/// read, can match, catches what it is for and lets the rest pass.
@Suite struct CISPatternTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var pattern: String
    var catches: [EventValue]
    var passes: [EventValue]
  }

  static func named(_ name: String, _ source: String = "x.amazonaws.com") -> EventValue {
    .object(["eventName": .string(name), "eventSource": .string(source)])
  }

  static func names(_ names: String...) -> [EventValue] { names.map { named($0) } }

  /// `{($.eventName=A)||($.eventName=B)}`
  static func anyOf(_ names: String) -> String {
    names.split(separator: " ").map { "($.eventName = \($0))" }.joined(separator: " || ")
  }

  static let iamNames = """
    DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy \
    PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion \
    AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy \
    DetachGroupPolicy
    """

  static let rows = [
    Row(
      testDescription: "5.1 unauthorized calls",
      pattern: """
        {($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && \
        ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }
        """,
      catches: [
        ["eventName": "RunInstances", "errorCode": "Client.UnauthorizedOperation"],
        ["eventName": "GetKey", "errorCode": "AccessDenied", "sourceIPAddress": "10.0.0.1"],
      ],
      passes: [
        ["eventName": "HeadBucket", "errorCode": "AccessDenied", "sourceIPAddress": "10.0.0.1"],
        ["eventName": "GetKey", "sourceIPAddress": "10.0.0.1"],
      ]),
    Row(
      testDescription: "5.2 sign-in without MFA",
      pattern: """
        { ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && \
        ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }
        """,
      catches: [
        [
          "eventName": "ConsoleLogin", "additionalEventData": ["MFAUsed": "No"],
          "userIdentity": ["type": "IAMUser"], "responseElements": ["ConsoleLogin": "Success"],
        ]
      ],
      passes: [
        [
          "eventName": "ConsoleLogin", "additionalEventData": ["MFAUsed": "Yes"],
          "userIdentity": ["type": "IAMUser"], "responseElements": ["ConsoleLogin": "Success"],
        ]
      ]),
    Row(
      testDescription: "5.3 root",
      pattern: """
        { $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && \
        $.eventType != "AwsServiceEvent" }
        """,
      catches: [Records.rootLogin],
      passes: [
        [
          "userIdentity": ["type": "Root", "invokedBy": "support.amazonaws.com"], "eventType": "x",
        ],
        Records.stopLogging,
      ]),
    Row(
      testDescription: "5.4 IAM policies",
      pattern: "{($.eventSource = iam.amazonaws.com) && (\(anyOf(iamNames)))}",
      catches: iamNames.split(separator: " ").map { named(String($0), "iam.amazonaws.com") },
      passes: [named("DeletePolicy", "organizations.amazonaws.com"), named("CreateUser", "iam")]),
    Row(
      testDescription: "5.5 CloudTrail",
      pattern: "{ \(anyOf("CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging")) }",
      catches: [Records.stopLogging] + names("CreateTrail", "UpdateTrail", "DeleteTrail"),
      passes: names("PutEventSelectors", "GetTrail")),
    Row(
      testDescription: "5.6 failed sign-in",
      pattern: #"{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }"#,
      catches: [Records.rootLogin], passes: names("ConsoleLogin")),
    Row(
      testDescription: "5.7 keys",
      pattern: """
        {($.eventSource = kms.amazonaws.com) && \
        (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }
        """,
      catches: [
        named("DisableKey", "kms.amazonaws.com"), named("ScheduleKeyDeletion", "kms.amazonaws.com"),
      ], passes: [named("EnableKey", "kms.amazonaws.com")]),
    Row(
      testDescription: "5.8 buckets",
      pattern: """
        { ($.eventSource = s3.amazonaws.com) && (\(anyOf(
          "PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication "
            + "DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication"))) }
        """,
      catches: [
        named("PutBucketPolicy", "s3.amazonaws.com"), named("DeleteBucketCors", "s3.amazonaws.com"),
      ], passes: [named("PutBucketVersioning", "s3.amazonaws.com")]),
    Row(
      testDescription: "5.9 Config",
      pattern: """
        { ($.eventSource = config.amazonaws.com) && (\(anyOf(
          "StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel "
            + "PutConfigurationRecorder"))) }
        """,
      catches: [named("StopConfigurationRecorder", "config.amazonaws.com")],
      passes: [named("StartConfigurationRecorder", "config.amazonaws.com")]),
    Row(
      testDescription: "5.10 security groups",
      pattern: """
        { \(anyOf("AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress "
          + "RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup "
          + "DeleteSecurityGroup")) }
        """,
      catches: names("RevokeSecurityGroupEgress"), passes: names("RunInstances")),
    Row(
      testDescription: "5.11 network ACLs",
      pattern: """
        { \(anyOf("CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry "
          + "ReplaceNetworkAclEntry ReplaceNetworkAclAssociation")) }
        """,
      catches: names("ReplaceNetworkAclEntry"), passes: names("CreateVpc")),
    Row(
      testDescription: "5.12 gateways",
      pattern: """
        { \(anyOf("CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway "
          + "CreateInternetGateway DeleteInternetGateway DetachInternetGateway")) }
        """,
      catches: names("AttachInternetGateway"), passes: names("CreateNatGateway")),
    Row(
      testDescription: "5.13 route tables",
      pattern: """
        {($.eventSource = ec2.amazonaws.com) && (\(anyOf(
          "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation "
            + "DeleteRouteTable DeleteRoute DisassociateRouteTable"))) }
        """,
      catches: [named("CreateRoute", "ec2.amazonaws.com")],
      passes: [named("CreateRoute", "appmesh.amazonaws.com")]),
    Row(
      testDescription: "5.14 VPCs",
      pattern: """
        { \(anyOf("CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection "
          + "CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection "
          + "AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink "
          + "EnableVpcClassicLink")) }
        """,
      catches: names("ModifyVpcAttribute"), passes: names("CreateSecurityGroup")),
    Row(
      testDescription: "5.15 Organizations",
      pattern: """
        { ($.eventSource = organizations.amazonaws.com) && (\(anyOf(
          "AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy "
            + "DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy "
            + "DetachPolicy DisablePolicyType EnablePolicyType InviteAccountToOrganization "
            + "LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdatePolicy "
            + "UpdateOrganizationalUnit"))) }
        """,
      catches: [named("LeaveOrganization", "organizations.amazonaws.com")],
      passes: [named("AttachPolicy", "iot.amazonaws.com")]),
    // CIS asks that Security Hub is on, and gives no pattern; this one sees it go.
    Row(
      testDescription: "5.16 Security Hub",
      pattern: """
        { ($.eventSource = securityhub.amazonaws.com) && \
        (($.eventName = DisableSecurityHub) || ($.eventName = BatchDisableStandards)) }
        """,
      catches: [named("DisableSecurityHub", "securityhub.amazonaws.com")],
      passes: [named("BatchUpdateFindings", "securityhub.amazonaws.com")]),
  ]

  @Test func thereAreSixteen() { #expect(Self.rows.count == 16) }

  @Test(arguments: rows) func does(_ row: Row) throws {
    let pattern = try FilterPattern(row.pattern)
    #expect(pattern.flaws.isEmpty)
    #expect(pattern.reach == FilterReach(.yes))
    for event in row.catches { #expect(pattern.matches(event) == .yes, "\(event)") }
    for event in row.passes { #expect(pattern.matches(event) == .no, "\(event)") }
  }
}
