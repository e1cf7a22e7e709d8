/// Names of events and of the services that record them: those that benchmarks and tampering are
/// about, not all that there are. (Service models; CIS AWS Foundations Benchmark 3.0 and 6.0.)
enum CloudTrailNames {
  /// The services that record a name; nil for a name that is not in the table.
  static func sources(of name: String) -> Set<String>? { byName[name] }

  /// Names that services outside the table use too: no source can be ruled out.
  static func isShared(_ name: String) -> Bool { shared.contains(name) }

  static var names: some Sequence<String> { byName.keys }

  static let knownSources: Set<String> = Set(table.map { "\($0.0).amazonaws.com" })

  private static let byName: [String: Set<String>] = {
    var names: [String: Set<String>] = [:]
    for (service, list) in table {
      for name in list.split(whereSeparator: \.isWhitespace) {
        names[String(name), default: []].insert("\(service).amazonaws.com")
      }
    }
    return names
  }()

  private static let shared: Set<String> = [
    "CreateRoute", "DeleteRoute", "CreatePolicy", "DeletePolicy", "UpdatePolicy", "AttachPolicy",
    "DetachPolicy", "DeleteRule", "DeleteDetector", "UpdateDetector", "CreateDetector",
    "CreateAccount", "CloseAccount", "Unsubscribe", "UpdateSchedule", "DeleteSchedule",
    "CreateUser", "DeleteUser", "CreateGroup", "DeleteGroup", "CreateRole", "DeleteRole",
    "DeleteFunction", "UpdateFunctionCode", "CreateKey", "RevokeGrant", "CreateGrant",
    "DeletePolicyVersion", "CreatePolicyVersion", "TagResource", "UntagResource", "PutKeyPolicy",
    "CreateAccessKey", "CreateVpc", "DeleteVpc", "UpdateUser", "UpdateGroup", "PutAccountPolicy",
  ]

  private static let table: [(String, String)] = [
    (
      "cloudtrail",
      """
      AddTags CancelQuery CreateChannel CreateDashboard CreateEventDataStore CreateTrail
      DeleteChannel DeleteDashboard DeleteEventDataStore DeleteResourcePolicy DeleteTrail
      DeregisterOrganizationDelegatedAdmin DescribeTrails DisableFederation EnableFederation
      GetEventConfiguration GetEventSelectors GetInsightSelectors GetTrail GetTrailStatus
      ListTrails LookupEvents PutEventConfiguration PutEventSelectors PutInsightSelectors
      PutResourcePolicy RegisterOrganizationDelegatedAdmin RemoveTags RestoreEventDataStore
      StartEventDataStoreIngestion StartImport StartLogging StartQuery
      StopEventDataStoreIngestion StopImport StopLogging UpdateChannel UpdateEventDataStore
      UpdateTrail
      """
    ),
    (
      "s3",
      """
      CreateBucket DeleteBucket DeleteBucketCors DeleteBucketEncryption DeleteBucketLifecycle
      DeleteBucketPolicy DeleteBucketPublicAccessBlock DeleteBucketReplication
      DeleteAccountPublicAccessBlock DeleteObject DeleteObjects GetObject PutAccountPublicAccessBlock
      PutBucketAcl PutBucketCors PutBucketEncryption PutBucketLifecycle
      PutBucketLifecycleConfiguration PutBucketLogging PutBucketNotification
      PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy
      PutBucketPublicAccessBlock PutBucketReplication PutBucketRequestPayment PutBucketTagging
      PutBucketVersioning PutBucketWebsite PutObject PutObjectLegalHold PutObjectRetention
      """
    ),
    (
      "kms",
      """
      CancelKeyDeletion CreateAlias CreateGrant CreateKey Decrypt DeleteAlias
      DeleteImportedKeyMaterial DisableKey DisableKeyRotation EnableKey EnableKeyRotation
      GenerateDataKey PutKeyPolicy RetireGrant RevokeGrant ScheduleKeyDeletion UpdateAlias
      """
    ),
    (
      "iam",
      """
      AddUserToGroup AttachGroupPolicy AttachRolePolicy AttachUserPolicy CreateAccessKey
      CreateGroup CreateLoginProfile CreatePolicy CreatePolicyVersion CreateRole
      CreateServiceLinkedRole CreateUser CreateVirtualMFADevice DeactivateMFADevice
      DeleteAccessKey DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy
      DeleteLoginProfile DeletePolicy DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary
      DeleteRolePolicy DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy
      DeleteVirtualMFADevice DetachGroupPolicy DetachRolePolicy DetachUserPolicy EnableMFADevice
      PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary
      PutUserPolicy RemoveUserFromGroup SetDefaultPolicyVersion UpdateAccessKey
      UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateGroup UpdateLoginProfile UpdateUser
      """
    ),
    (
      "signin",
      "ConsoleLogin CheckMfa CredentialChallenge CredentialVerification ExitRole "
        + "PasswordRecoveryCompleted PasswordRecoveryRequested RenewRole SwitchRole"
    ),
    (
      "sts",
      """
      AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetCallerIdentity
      GetFederationToken GetSessionToken
      """
    ),
    (
      "config",
      """
      DeleteConfigRule DeleteConfigurationAggregator DeleteConfigurationRecorder
      DeleteDeliveryChannel DeleteRetentionConfiguration PutConfigurationRecorder
      PutDeliveryChannel StartConfigurationRecorder StopConfigurationRecorder
      """
    ),
    (
      "ec2",
      """
      AcceptVpcPeeringConnection AttachClassicLinkVpc AttachInternetGateway
      AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateCustomerGateway
      CreateInternetGateway CreateNatGateway CreateNetworkAcl CreateNetworkAclEntry CreateRoute
      CreateRouteTable CreateSecurityGroup CreateVpc CreateVpcEndpoint CreateVpcPeeringConnection
      DeleteCustomerGateway DeleteFlowLogs DeleteInternetGateway DeleteNatGateway DeleteNetworkAcl
      DeleteNetworkAclEntry DeleteRoute DeleteRouteTable DeleteSecurityGroup DeleteVpc
      DeleteVpcPeeringConnection DetachClassicLinkVpc DetachInternetGateway DisableVpcClassicLink
      DisassociateRouteTable EnableVpcClassicLink ModifySecurityGroupRules ModifyVpcAttribute
      RejectVpcPeeringConnection ReplaceNetworkAclAssociation ReplaceNetworkAclEntry ReplaceRoute
      ReplaceRouteTableAssociation RevokeSecurityGroupEgress RevokeSecurityGroupIngress
      RunInstances StopInstances TerminateInstances
      """
    ),
    (
      "organizations",
      """
      AcceptHandshake AttachPolicy CancelHandshake CloseAccount CreateAccount
      CreateGovCloudAccount CreateOrganization CreateOrganizationalUnit CreatePolicy
      DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy
      DeregisterDelegatedAdministrator DetachPolicy DisableAWSServiceAccess DisablePolicyType
      EnableAllFeatures EnableAWSServiceAccess EnablePolicyType InviteAccountToOrganization
      LeaveOrganization MoveAccount RegisterDelegatedAdministrator RemoveAccountFromOrganization
      UpdateOrganizationalUnit UpdatePolicy
      """
    ),
    (
      "logs",
      """
      CreateLogGroup CreateLogStream DeleteDataProtectionPolicy DeleteDestination DeleteLogGroup
      DeleteLogStream DeleteMetricFilter DeleteRetentionPolicy DeleteSubscriptionFilter
      DisassociateKmsKey PutAccountPolicy PutDataProtectionPolicy PutDestinationPolicy
      PutMetricFilter PutRetentionPolicy PutSubscriptionFilter PutTransformer
      """
    ),
    (
      "monitoring",
      """
      DeleteAlarmMuteRule DeleteAlarms DisableAlarmActions EnableAlarmActions PutAlarmMuteRule
      PutCompositeAlarm PutMetricAlarm SetAlarmState
      """
    ),
    (
      "events",
      "DeleteArchive DeleteEventBus DeleteRule DisableRule EnableRule PutRule PutTargets RemoveTargets"
    ),
    ("scheduler", "DeleteSchedule UpdateSchedule"),
    (
      "sns",
      """
      AddPermission ConfirmSubscription CreateTopic DeleteTopic RemovePermission
      SetSubscriptionAttributes SetTopicAttributes Subscribe Unsubscribe
      """
    ),
    ("sqs", "AddPermission CreateQueue DeleteQueue PurgeQueue RemovePermission SetQueueAttributes"),
    (
      "lambda",
      """
      AddPermission20150331v2 DeleteFunction20150331 DeleteFunctionConcurrency20171031
      PutFunctionConcurrency20171031 UpdateFunctionCode20150331v2
      UpdateFunctionConfiguration20150331v2
      """
    ),
    (
      "guardduty",
      """
      ArchiveFindings CreateDetector CreateFilter CreateIPSet DeleteDetector DeleteMembers
      DisassociateFromMasterAccount DisassociateMembers StopMonitoringMembers UpdateDetector
      """
    ),
    (
      "securityhub",
      """
      BatchDisableStandards BatchUpdateFindings DeleteInsight DisableImportFindingsForProduct
      DisableSecurityHub DisassociateFromAdministratorAccount DisassociateMembers
      UpdateStandardsControl
      """
    ),
  ]
}
