import WatchCore

@testable import WatchConsole

/// The scene of the design with all three clouds in use: svc-terraform deleted a diagnostic setting
/// of Azure, GCP is late, AWS is proven and has two alerts open.
enum ThreeClouds {
  static let now = SampleBoard.now
  static let activity = SourceID(cloud: .azure, account: "acme", name: "activity-log")
  static let audit = SourceID(cloud: .gcp, account: "analytics", name: "audit")
  static let guid = "1c8d26f4-3b1e-4a77-9a02-5d0a7c1be001"
  static let setting =
    "/subscriptions/\(guid)/providers/microsoft.insights/diagnosticsettings/to-siem"
  static let group = "/subscriptions/\(guid)/resourcegroups/rg-siem/providers"
  static let workspace = "\(group)/microsoft.operationalinsights/workspaces/law-siem"
  static let archive = "\(group)/microsoft.storage/storageaccounts/staudit"

  static let scene: Scene = {
    var scene = Estate.scene("three-clouds", line, at: now, paths: paths, demo: nil, plan: plan)
    scene.board.settings = settings
    scene.board.postures = [
      activity: PostureSighting(checks: azureChecks, pipeline: azurePipeline),
      audit: PostureSighting(checks: gcpChecks, pipeline: gcpPipeline),
      Estate.source("use1"): PostureSighting(
        checks: Array(SampleBoard.checks.prefix(6)), pipeline: Pipeline()),
    ]
    scene.board.bills = [
      CallBill(
        cloud: .azure, account: "acme",
        lines: [.init(what: "Logs queries", callsPerMonth: 86_400, dollars: 0)])
    ]
    return scene
  }()

  static let plan = WatchPlan(
    accounts: Estate.plan.accounts + [
      CloudAccount(
        cloud: .azure, name: "acme",
        azure: AzureAccount(subscriptions: [
          CloudUnit(id: guid, label: "acme-dev"),
          CloudUnit(id: "9f00c1aa-0b1e-4a77-9a02-5d0a7c1be002", label: "acme-prod"),
        ])),
      CloudAccount(
        cloud: .gcp, name: "analytics",
        gcp: GCPAccount(units: [
          CloudUnit(id: "projects/acme-1"), CloudUnit(id: "projects/acme-analytics"),
        ])),
    ],
    sources: Estate.plan.sources + [
      SourcePlan(
        id: activity,
        azure: AzureSource(workspace: workspace, archive: archive, echoGroup: "acme-dev/rg-echo"),
        echo: .home),
      SourcePlan(
        id: audit, gcp: GCPSource(logs: ["activity", "data_access"], sinks: ["audit-archive"])),
    ], roles: Estate.plan.roles)

  // MARK: The journal

  static let cause = Cause(
    actor: "svc-terraform", action: "Microsoft.Insights/diagnosticSettings/delete",
    region: "acme-dev", at: Timeline.at("03:01:37"), from: "203.0.113.7", agent: "HashiCorp/1.9",
    identity: "7b1de0c4-52aa-4f0e-9d63-8c1f2a9be410", event: "6a0c2b1e", subject: setting)

  static let line: Timeline = {
    var line = Estate.start(seq: 407)
    for (number, what) in [
      (138, "S3 policy lets plain http in"), (139, "Log group keeps 7d, policy 365d"),
    ] {
      line.raise(
        number, .medium, at: Timeline.at("02:14:33"), code: "aws.posture.weak", kind: .condition,
        what: what)
      line.act(.ack, number, at: Timeline.at("02:17:12"))
    }
    line.add(.raise(deleted), at: Timeline.at("03:02:13"), seq: 418)
    Estate.told(&line, 141, "03:02:15", "03:02:16")
    line.add(
      .cause(
        AlertID(141), cause, what: "DELETED to-siem by svc-terraform, acme-dev, 03:01Z",
        evidence: [
          Evidence(
            at: Timeline.at("03:01:37"),
            text: "\(cause.action) on \(setting) by svc-terraform from 203.0.113.7",
            seen: "Event history acme-dev, 03:05:52Z", raw: "{\"operationName\": \"delete\"}")
        ]), at: Timeline.at("03:05:52"))
    line.add(
      .raise(
        raise(
          142, .low, "azure.activity.late", activity, "acme-dev", "02:50:42",
          "LATE: activity acme-dev, 22m02s ago (20m+20m)", under: AlertID(141))),
      at: Timeline.at("03:10:43"))
    line.add(
      .raise(
        raise(
          143, .low, "gcp.audit.late", audit, "acme-analytics", "02:56:24",
          "LATE: entries acme-analytics, 16m20s ago (15m+15m)")),
      at: Timeline.at("03:11:25"))
    return line
  }()

  static let deleted: Raise = {
    var deleted = raise(
      141, .high, "azure.setting.deleted", activity, "acme-dev", "03:01:37",
      "DELETED: to-siem, acme-dev")
    deleted.kind = .event
    deleted.subject = setting
    deleted.evidence = [
      Evidence(
        at: Timeline.at("03:02:13"),
        text: "diagnostic setting to-siem is not there any more: categories Administrative, "
          + "Security, Alert, Policy; workspace \(workspace)",
        seen: "setting probe, 03:02:13Z", raw: "{\"value\": []}")
    ]
    deleted.values = [
      ("subscription", guid), ("setting", "to-siem"), ("workspace", workspace),
      ("archive", archive),
    ].map { JSON.Member($0.0, .string($0.1)) }
    return deleted
  }()

  private static func raise(
    _ number: Int, _ priority: Priority, _ code: FailureCode, _ source: SourceID, _ unit: String,
    _ failed: String, _ what: String, under: AlertID? = nil
  ) -> Raise {
    Raise(
      alert: AlertID(number), code: code, source: source, subject: "subject-\(number)",
      place: Place(account: source.account, region: unit), kind: .condition, priority: priority,
      failed: Timeline.at(failed), what: what, under: under,
      values: [JSON.Member("project", .string(unit)), JSON.Member("sink", "audit-archive")])
  }
}
