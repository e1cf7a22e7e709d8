import WatchCore

/// An estate of Azure and GCP for the engine: two subscriptions, three projects.
enum Units {
  static let activity = SourceID(cloud: .azure, account: "dev", name: "activity-log")
  static let audit = SourceID(cloud: .gcp, account: "analytics", name: "admin-activity")
  static let setting =
    "/subscriptions/0f0f0f0f/providers/microsoft.insights/diagnosticsettings/export"
  static let sink = "projects/acme-1/sinks/audit-archive"
  static let workspace = "/subscriptions/x/workspaces/central"

  static func rig(expect: [PathKind: Expectation] = [:], optional: Set<PathKind> = []) -> Rig {
    let azure = AzureAccount(subscriptions: [
      CloudUnit(id: "0f0f0f0f-0000-4000-8000-000000000001", label: "dev"),
      CloudUnit(id: "0f0f0f0f-0000-4000-8000-000000000002", label: "test"),
    ])
    let gcp = GCPAccount(
      units: ["acme-1", "acme-2", "acme-3"].map { CloudUnit(id: "projects/\($0)") })
    return Rig(
      plan: WatchPlan(
        accounts: [
          CloudAccount(cloud: .azure, name: "dev", azure: azure),
          CloudAccount(cloud: .gcp, name: "analytics", gcp: gcp),
        ],
        sources: [
          SourcePlan(
            id: activity, azure: AzureSource(workspace: workspace),
            expect: expect, optional: optional),
          SourcePlan(
            id: audit, gcp: GCPSource(sinks: ["audit-archive"]), expect: expect,
            optional: optional),
        ],
        roles: [Role(name: "security-lead", members: ["mira"])]))
  }

  static func source(_ cloud: Cloud) -> SourceID { cloud == .azure ? activity : audit }

  static func path(_ kind: PathKind, _ cloud: Cloud, _ unit: String, _ member: String? = nil)
    -> PathID
  {
    PathID(source: source(cloud), kind: kind, region: unit, member: member)
  }

  static func settings(
    _ settings: [PipelineSetting], _ cloud: Cloud, _ unit: String,
    scopes: [SettingsSighting.Scope]? = nil
  ) -> Look {
    Look(
      path: path(.setting, cloud, unit),
      result: .saw(.settings(SettingsSighting(settings: settings, scopes: scopes))))
  }

  static func arrival(
    _ kind: PathKind, _ cloud: Cloud, _ unit: String, _ newest: Timestamp?, member: String? = nil
  ) -> Look {
    Look(
      path: path(kind, cloud, unit, member),
      result: .saw(.arrival(Arrival(newest: newest, record: "row", count: 1))))
  }

  static func history(
    _ cloud: Cloud, _ unit: String, _ changes: [PipelineChange] = [], activity: [Timestamp] = [],
    at now: Timestamp
  ) -> Look {
    let account = cloud == .azure ? "dev" : "analytics"
    let path = PathID(
      source: SourceID(cloud: cloud, account: account, name: "event-history"), kind: .history,
      region: unit)
    return Look(
      path: path,
      result: .saw(
        .history(
          HistorySighting(from: now - .hours(1), to: now, changes: changes, activity: activity))))
  }

  static func blind(_ path: PathID) -> Look {
    Look(
      path: path,
      result: .blind(Blindness(kind: .denied, detail: "logging.sinks.list PERMISSION_DENIED")))
  }

  static func act(
    _ action: String, on part: PipelineNode.ID, _ cloud: Cloud, _ unit: String,
    at time: Timestamp, stage: PipelineChange.Stage = .export,
    harm: PipelineChange.Harm = .changes, code: FailureCode? = nil, error: String? = nil,
    event: String = "e-1"
  ) -> PipelineChange {
    PipelineChange(
      cause: Cause(
        actor: "dev@acme.example", action: action, region: unit, at: time, from: "198.51.100.7",
        event: event, subject: part.name, error: error),
      part: part, stage: stage, sources: [source(cloud)], harm: harm, code: code)
  }

  static let exporting = PipelineSetting(
    kind: .diagnosticSetting, id: setting, name: "export",
    facts: [
      .init("categories", .covers(["Administrative", "Security", "Policy"])),
      .init("workspaceId", .place(workspace)), .init("storageAccountId", .place(nil)),
    ])

  static let archiving = PipelineSetting(
    kind: .sink, id: sink, name: "audit-archive",
    facts: [
      .init("destination", .place("storage.googleapis.com/acme-audit")),
      .init("filter", .filter("logName:cloudaudit", covers: ["activity", "data_access"])),
      .init("exclusions", .leavesOut([])), .init("enabled", .on(true)),
    ])

  static let excluding = PipelineSetting(
    kind: .exclusions, id: "projects/acme-1/exclusions", name: "exclusions",
    facts: [.init("exclusions", .leavesOut([]))])

  static let auditing = PipelineSetting(
    kind: .auditConfig, id: "projects/acme-1/auditConfigs", name: "audit config",
    facts: [
      .init("types", .covers(["allServices ADMIN_READ", "allServices DATA_READ"])),
      .init("exempted", .leavesOut([])),
    ])
}

extension PipelineSetting {
  func with(_ name: String, _ value: Value) -> PipelineSetting {
    var copy = self
    copy.facts = facts.map { $0.name == name ? Fact(name, value) : $0 }
    return copy
  }
}
