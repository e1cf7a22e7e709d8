import WatchCore

@testable import WatchConsole

extension ThreeClouds {
  static let azureChecks: [PostureCheck] = [
    PostureCheck(
      rule: "azure.setting.administrative", subject: "/subscriptions/\(guid)", verdict: .fails,
      seen: "to-storage alone carries it; nothing to law-siem"),
    PostureCheck(
      rule: "azure.workspace.cap", subject: workspace, verdict: .holds, seen: "no daily cap"),
    PostureCheck(
      rule: "azure.workspace.retention", subject: workspace, verdict: .fails,
      seen: "30 days, 365 are asked"),
    PostureCheck(
      rule: "azure.archive.immutable", subject: archive, verdict: .fails,
      seen: "container insights-activity-logs has no immutability policy"),
    PostureCheck(
      rule: "azure.archive.lock", subject: archive,
      verdict: .unknown(Blindness(kind: .denied, detail: "AuthorizationFailed: locks/read")),
      seen: ""),
    PostureCheck(
      rule: "azure.reach.setting-delete", subject: "/subscriptions/\(guid)", verdict: .holds,
      seen: "rule setting-deleted, action group sec"),
  ]

  static let gcpChecks: [PostureCheck] = [
    PostureCheck(
      rule: "gcp.sink.errors", subject: "projects/acme-1/sinks/audit-archive", verdict: .holds,
      seen: "no error in 24 h"),
    PostureCheck(
      rule: "gcp.archive.locked", subject: "acme-audit", verdict: .fails,
      seen: "retention policy of 400 d is not locked"),
    PostureCheck(
      rule: "gcp.metric.exists", subject: "projects/acme-analytics", verdict: .fails,
      seen: "no log-based metric counts audit entries"),
  ]

  static let azurePipeline: Pipeline = {
    let gone = PipelineNode.ID(.setting, setting)
    let other = PipelineNode.ID(
      .setting, "/subscriptions/\(guid)/providers/microsoft.insights/diagnosticsettings/to-storage")
    let store = PipelineNode.ID(.workspace, workspace)
    let account = PipelineNode.ID(.account, archive)
    let rule = PipelineNode.ID(.rule, "\(group)/microsoft.insights/activitylogalerts/deleted")
    let actions = PipelineNode.ID(.actions, "\(group)/microsoft.insights/actiongroups/sec")
    let mail = PipelineNode.ID(.human, "m***@example.com")
    return Pipeline(
      nodes: [
        PipelineNode(id: gone, label: "to-siem", state: .broken("deleted since 03:01:37Z")),
        PipelineNode(id: other, label: "to-storage", state: .works),
        PipelineNode(id: account, label: "staudit", state: .works),
        PipelineNode(id: store, label: "law-siem", state: .works),
        PipelineNode(id: rule, label: "setting-deleted", state: .works),
        PipelineNode(id: actions, label: "sec", state: .works),
        PipelineNode(id: mail, label: "m***@example.com"),
      ],
      edges: [
        edge(gone, store, "writes to", "02:50:42", "the newest row of AzureActivity"),
        edge(other, account, "writes to", "03:05:10", "the newest blob"),
        edge(store, rule, "is read by", nil, "the rule has never fired"),
        edge(rule, actions, "notifies", nil, ""),
        edge(actions, mail, "reaches", nil, "mail tells nothing"),
      ])
  }()

  static let gcpPipeline: Pipeline = {
    let sink = PipelineNode.ID(.sink, "projects/acme-1/sinks/audit-archive")
    let bucket = PipelineNode.ID(.bucket, "acme-audit")
    let metric = PipelineNode.ID(.metric, "projects/acme-1/metrics/audit-entries")
    let rule = PipelineNode.ID(.rule, "projects/acme-1/alertPolicies/4711")
    let channel = PipelineNode.ID(.channel, "projects/acme-1/notificationChannels/12")
    let human = PipelineNode.ID(.human, "https://hooks.example/***")
    return Pipeline(
      nodes: [
        PipelineNode(id: sink, label: "audit-archive", state: .works),
        PipelineNode(id: bucket, label: "acme-audit", state: .works),
        PipelineNode(id: metric, label: "audit-entries", state: .works),
        PipelineNode(id: rule, label: "audit entries are absent", state: .works),
        PipelineNode(id: channel, label: "pager", state: .unknown("PERMISSION_DENIED")),
        PipelineNode(id: human, label: "https://hooks.example/***"),
      ],
      edges: [
        edge(sink, bucket, "writes to", "03:00:00", "the newest object"),
        edge(sink, metric, "is counted by", "03:08:39", "the newest point"),
        edge(metric, rule, "is watched by", nil, "no incident in 90 days"),
        edge(rule, channel, "notifies", nil, ""),
        edge(channel, human, "reaches", nil, ""),
      ])
  }()

  private static func edge(
    _ from: PipelineNode.ID, _ to: PipelineNode.ID, _ verb: String, _ proven: String?,
    _ proof: String
  ) -> PipelineEdge {
    PipelineEdge(
      from: from, to: to, verb: verb, proven: proven.map { Timeline.at($0) }, proof: proof)
  }
}
