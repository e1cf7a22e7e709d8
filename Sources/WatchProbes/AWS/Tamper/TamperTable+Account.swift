import WatchCore

/// What concerns the account as a whole: organization, CloudTrail Lake, and the neighbours.
extension TamperTable {
  static let account: [TamperAction] =
    rows("cloudtrail", .lake, .account, lake)
    + rows("cloudtrail", .organization, .account, delegation)
    + rows("organizations", .organization, .account, organization)
    + rows("account", .organization, .account, [.also("CloseAccount", .cuts)])
    + rows("logs", .group, .account, [.also("PutAccountPolicy", TamperMeaning.accountPolicy)])
    + rows("guardduty", .neighbour, .account, guardDuty)
    + rows("config", .neighbour, .account, config)
    + rows("securityhub", .neighbour, .account, [.also("DisableSecurityHub", .cuts)])
    + rows("s3", .neighbour, .account, publicAccess)

  private static let lake: [Name] = [
    .now("DeleteEventDataStore", .cuts), .now("StopEventDataStoreIngestion", .cuts),
    .also("UpdateEventDataStore", TamperMeaning.dataStore),
    .also("StartEventDataStoreIngestion", .widens), .also("RestoreEventDataStore", .widens),
  ]

  private static let delegation: [Name] = [
    .also("DeregisterOrganizationDelegatedAdmin", .cuts("no delegated administrator"))
  ]

  private static let organization: [Name] = [
    .now("LeaveOrganization", .cuts), .now("RemoveAccountFromOrganization", .cuts),
    .now("CloseAccount", .cuts),
    .now("DisableAWSServiceAccess", TamperMeaning.serviceAccess),
    .also("DeregisterDelegatedAdministrator", TamperMeaning.serviceAccess),
    .also("DetachPolicy", .changes), .also("UpdatePolicy", .changes),
    .also("DeletePolicy", .changes),
  ]

  private static let guardDuty: [Name] = [
    .also("DeleteDetector", .cuts), .also("UpdateDetector", TamperMeaning.detector),
  ]

  private static let config: [Name] = [
    .also("StopConfigurationRecorder", .cuts), .also("DeleteConfigurationRecorder", .cuts),
    .also("DeleteDeliveryChannel", .cuts),
  ]

  private static let publicAccess: [Name] = [
    .also("PutAccountPublicAccessBlock", TamperMeaning.publicAccess),
    .also("DeleteAccountPublicAccessBlock", .shrinks("public access is blocked no more")),
  ]
}
