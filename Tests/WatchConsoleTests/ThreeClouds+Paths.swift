import WatchCore

@testable import WatchConsole

extension ThreeClouds {
  static let paths: [PathStatus] = aws + azure + gcp

  private static let aws = Estate.paths(
    at: now, age: { kind, _ in kind == .digest ? .minutes(31) : .minutes(2) })

  private static let azure: [PathStatus] = [
    path(
      activity, .activity, "acme-dev", nil, .failing, since: "03:01:37", newest: "02:50:42",
      reason: "to-siem deleted", name: "law-siem"),
    path(activity, .activity, "acme-prod", newest: "03:08:32", name: "law-siem"),
    path(activity, .archive, "acme-dev", newest: "03:05:10", name: "staudit"),
    path(activity, .archive, "acme-prod", newest: "03:06:02", name: "staudit"),
    path(activity, .resource, "acme-dev", "vault-payroll-dev", newest: "03:03:29"),
    path(activity, .echo, "acme-dev", newest: "03:04:12", name: "rg-echo"),
    path(
      activity, .setting, "acme-dev", nil, .failing, since: "03:01:37", reason: "to-siem deleted",
      name: "to-storage"),
    path(activity, .setting, "acme-prod", name: "to-siem, to-storage"),
    path(activity, .posture, "acme-dev", name: "settings"),
    path(history(.azure, "acme"), .history, "acme-dev", newest: "03:09:52"),
    path(history(.azure, "acme"), .history, "acme-prod", newest: "03:08:40"),
    path(
      SourceID(cloud: .azure, account: "acme", name: "event-queue"), .queue, "acme-dev",
      newest: "03:01:37", name: "watchkeeper"),
  ]

  private static let gcp: [PathStatus] = [
    path(audit, .entries, "acme-1", newest: "03:08:39"),
    path(audit, .entries, "acme-1", "data_access", newest: "03:10:04"),
    path(
      audit, .entries, "acme-analytics", nil, .late, since: "03:11:24", newest: "02:56:24",
      reason: "older than 15m"),
    path(audit, .entries, "acme-analytics", "data_access", newest: "03:09:41"),
    path(audit, .export, "acme-1", "audit-archive", newest: "03:00:00", name: "acme-audit"),
    path(audit, .export, "acme-analytics", "audit-archive", newest: "03:00:00", name: "acme-audit"),
    path(audit, .setting, "acme-1", name: "audit-archive"),
    path(audit, .setting, "acme-analytics", name: "audit-archive"),
    path(audit, .posture, "acme-1", name: "settings"),
    path(history(.gcp, "analytics"), .history, "acme-1", newest: "03:08:39"),
    path(history(.gcp, "analytics"), .history, "acme-analytics", newest: "02:56:24"),
  ]

  private static func history(_ cloud: Cloud, _ account: String) -> SourceID {
    SourceID(cloud: cloud, account: account, name: "event-history")
  }

  private static func path(
    _ source: SourceID, _ kind: PathKind, _ unit: String, _ member: String? = nil,
    _ state: HeartbeatState = .ok, since: String? = nil, newest: String? = nil,
    reason: String = "", name: String = ""
  ) -> PathStatus {
    let from = since.map { Timeline.at($0) } ?? Timeline.at("09:14:00", day: 17)
    var history = [StateChange(at: now - .hours(23), state: .ok)]
    if since != nil { history.append(StateChange(at: from, state: state)) }
    let arrived = newest.map { Timeline.at($0) }
    return PathStatus(
      id: PathID(source: source, kind: kind, region: unit, member: member), state: state,
      since: from, newest: arrived,
      newestEvent: kind == .activity ? arrived.map { $0 - .seconds(171) } : nil,
      looked: now - .seconds(3), proven: now - .seconds(3),
      expectation: Expectation.standard(kind), reason: reason, name: name, history: history)
  }

  static let settings: [PathID: SettingsSighting] = [
    PathID(source: activity, kind: .setting, region: "acme-dev"): SettingsSighting(settings: [
      PipelineSetting(
        kind: .diagnosticSetting, id: setting, name: "to-storage",
        facts: [
          .init("categories", .covers(["Administrative", "Security", "Alert", "Policy"])),
          .init("storageAccountId", .place(archive)),
        ])
    ]),
    PathID(source: audit, kind: .setting, region: "acme-analytics"): SettingsSighting(settings: [
      PipelineSetting(
        kind: .sink, id: "projects/acme-analytics/sinks/audit-archive", name: "audit-archive",
        facts: [
          .init(
            "filter",
            .filter("log_id(\"cloudaudit.googleapis.com/activity\")", covers: ["activity"])),
          .init("destination", .place("storage.googleapis.com/acme-audit")),
          .init("enabled", .on(true)),
        ]),
      PipelineSetting(
        kind: .exclusions, id: "projects/acme-analytics/exclusions", name: "exclusions",
        facts: [.init("exclusions", .leavesOut([]))]),
    ]),
  ]
}
