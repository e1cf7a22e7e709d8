import WatchCore

/// One row of the table of operations that change an audit pipeline in Azure, or break it without a
/// sound. Names are the providers' actions (Azure permissions reference), in lower case: the Activity
/// Log writes them in any case.
struct AzureTamper: Sendable {
  /// How a record names what was acted on.
  enum Naming: Sendable {
    /// A diagnostic setting of a watched subscription or resource.
    case setting
    /// A known part itself, or something inside of it.
    case part
    /// A known part, or what a known part is inside of.
    case around
    /// Something whose coming or going concerns what it covers: a lock, a group, an assignment.
    case scope
    /// Whatever is done there in a watched subscription: rules that silence others.
    case unit
    /// What the watch itself may do: an assignment of a role to it.
    case role
  }

  var operation: String
  var stage: PipelineChange.Stage
  var harm: PipelineChange.Harm
  /// What it is raised as; nil: by its stage.
  var code: FailureCode?
  var naming: Naming

  init(
    _ operation: String, _ stage: PipelineChange.Stage, _ harm: PipelineChange.Harm,
    _ naming: Naming = .part, code: FailureCode? = nil
  ) {
    self.operation = operation
    self.stage = stage
    self.harm = harm
    self.naming = naming
    self.code = code
  }

  /// The row of a recorded operation; a resource's own operations may be written behind its provider's.
  static func row(_ operation: String) -> AzureTamper? {
    let name = operation.lowercased()
    if let row = byName[name] { return row }
    guard let at = name.range(of: "/providers/", options: .backwards) else { return nil }
    return byName[String(name[at.upperBound...])]
  }

  private static let byName: [String: AzureTamper] = Dictionary(
    all.map { ($0.operation, $0) }, uniquingKeysWith: { first, _ in first })

  static let all: [AzureTamper] = settings + alerting + stores + around

  private static let silenced: FailureCode = "azure.alertpath.silenced"
  private static let tampered: FailureCode = "azure.pipeline.tampered"

  private static let settings: [AzureTamper] = [
    AzureTamper(
      "microsoft.insights/diagnosticsettings/delete", .export, .cuts, .setting,
      code: "azure.setting.deleted"),
    // What a write comes to is seen in the setting itself.
    AzureTamper("microsoft.insights/diagnosticsettings/write", .export, .changes, .setting),
    AzureTamper(
      "microsoft.insights/extendeddiagnosticsettings/delete", .export, .shrinks, .setting,
      code: tampered),
    AzureTamper("microsoft.insights/extendeddiagnosticsettings/write", .export, .changes, .setting),
    AzureTamper(
      "microsoft.insights/logprofiles/delete", .export, .shrinks, .unit, code: tampered),
    AzureTamper("microsoft.insights/logprofiles/write", .export, .changes, .unit),
  ]

  private static let alerting: [AzureTamper] =
    [
      "activitylogalerts", "scheduledqueryrules", "metricalerts", "alertrules",
    ].flatMap { kind in
      [
        AzureTamper("microsoft.insights/\(kind)/delete", .detection, .shrinks, code: silenced),
        AzureTamper("microsoft.insights/\(kind)/write", .detection, .changes),
      ]
    } + [
      AzureTamper("microsoft.insights/actiongroups/delete", .people, .shrinks, code: silenced),
      AzureTamper("microsoft.insights/actiongroups/write", .people, .changes),
      AzureTamper("microsoft.alertsmanagement/actionrules/write", .routing, .changes, .unit),
      AzureTamper("microsoft.alertsmanagement/actionrules/delete", .routing, .widens, .unit),
      AzureTamper(
        "microsoft.eventgrid/eventsubscriptions/delete", .queue, .shrinks, code: silenced),
      AzureTamper("microsoft.eventgrid/eventsubscriptions/write", .queue, .changes),
      AzureTamper(
        "microsoft.eventgrid/systemtopics/delete", .queue, .shrinks, .around, code: silenced),
      AzureTamper(
        "microsoft.eventgrid/systemtopics/eventsubscriptions/delete", .queue, .shrinks,
        code: silenced),
      AzureTamper("microsoft.eventgrid/systemtopics/eventsubscriptions/write", .queue, .changes),
      AzureTamper(
        "microsoft.storage/storageaccounts/queueservices/queues/delete", .queue, .shrinks,
        code: silenced),
    ]

  private static let stores: [AzureTamper] = [
    AzureTamper("microsoft.operationalinsights/workspaces/delete", .group, .cuts, code: tampered),
    AzureTamper("microsoft.operationalinsights/workspaces/write", .group, .changes),
    AzureTamper(
      "microsoft.operationalinsights/workspaces/tables/delete", .group, .shrinks, code: tampered),
    AzureTamper("microsoft.operationalinsights/workspaces/tables/write", .group, .changes),
    AzureTamper(
      "microsoft.operationalinsights/workspaces/purge/action", .group, .shrinks, code: tampered),
    AzureTamper(
      "microsoft.storage/storageaccounts/delete", .bucket, .cuts, .around, code: tampered),
    AzureTamper("microsoft.storage/storageaccounts/write", .bucket, .changes),
    // The portal asks for keys on its own: worth an entry, and no alarm.
    AzureTamper("microsoft.storage/storageaccounts/listkeys/action", .bucket, .changes),
    AzureTamper("microsoft.storage/storageaccounts/regeneratekey/action", .bucket, .changes),
    AzureTamper("\(blobs)/write", .bucket, .changes),
    AzureTamper("\(blobs)/containers/delete", .bucket, .shrinks, code: tampered),
    AzureTamper("\(blobs)/containers/write", .bucket, .changes),
    AzureTamper(
      "\(blobs)/containers/immutabilitypolicies/delete", .bucket, .shrinks, code: tampered),
    AzureTamper("\(blobs)/containers/immutabilitypolicies/write", .bucket, .changes),
    AzureTamper("\(blobs)/containers/immutabilitypolicies/lock/action", .bucket, .widens),
    AzureTamper("\(blobs)/containers/immutabilitypolicies/extend/action", .bucket, .widens),
    AzureTamper("\(blobs)/containers/clearlegalhold/action", .bucket, .shrinks, code: tampered),
    AzureTamper(
      "microsoft.storage/storageaccounts/managementpolicies/write", .bucket, .changes),
    AzureTamper(
      "microsoft.storage/storageaccounts/managementpolicies/delete", .bucket, .widens),
    AzureTamper("microsoft.eventhub/namespaces/delete", .bucket, .cuts, .around, code: tampered),
    AzureTamper(
      "microsoft.eventhub/namespaces/eventhubs/delete", .bucket, .cuts, .around, code: tampered),
    AzureTamper(
      "microsoft.eventhub/namespaces/authorizationrules/delete", .bucket, .cuts, code: tampered),
    AzureTamper("microsoft.keyvault/vaults/delete", .key, .cuts, .around, code: tampered),
    AzureTamper("microsoft.keyvault/vaults/write", .key, .changes),
    AzureTamper("microsoft.keyvault/vaults/keys/write", .key, .changes),
  ]

  private static let blobs = "microsoft.storage/storageaccounts/blobservices"

  private static let around: [AzureTamper] = [
    AzureTamper("microsoft.authorization/locks/delete", .group, .shrinks, .scope, code: tampered),
    AzureTamper("microsoft.authorization/locks/write", .group, .widens, .scope),
    AzureTamper(
      "microsoft.resources/subscriptions/resourcegroups/delete", .group, .cuts, .scope,
      code: tampered),
    AzureTamper("microsoft.authorization/roleassignments/delete", .role, .changes, .role),
    AzureTamper("microsoft.authorization/roleassignments/write", .role, .changes, .role),
    AzureTamper("microsoft.authorization/policyassignments/delete", .neighbour, .changes, .unit),
    AzureTamper("microsoft.authorization/policyexemptions/write", .neighbour, .changes, .unit),
    AzureTamper("microsoft.security/alertssuppressionrules/write", .neighbour, .changes, .unit),
    AzureTamper(
      "microsoft.subscription/cancel/action", .organization, .cuts, .unit, code: tampered),
  ]
}
