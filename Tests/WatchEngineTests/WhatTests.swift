import Testing
import WatchCore

@testable import WatchEngine

/// A row is short: what is wrong comes first, ids come last.
struct WhatTests {
  private static let old = "/subscriptions/a/resourceGroups/sec/providers/x/workspaces/central"

  @Test(
    arguments: [
      (
        "azure.setting.remapped", "workspaceId \(old) -> /subscriptions/a/providers/x/rogue",
        "REMAPPED: to rogue instead of central, workspaceId: export"
      ),
      (
        "azure.setting.remapped",
        "workspaceId \(old) -> /subscriptions/b/resourceGroups/own/providers/x/workspaces/central",
        "REMAPPED: to central in own of b instead of central in sec of a, workspaceId: export"
      ),
      (
        "azure.setting.remapped", "workspaceId \(old) -> none",
        "REMAPPED: to none instead of central, workspaceId: export"
      ),
      (
        "gcp.exclusion.added", "exclusions: too-noisy: data_access new",
        "EXCLUDED: too-noisy leaves out data_access"
      ),
      (
        "gcp.exclusion.added", "exclusions: old gone; exclusions: less: activity new",
        "EXCLUDED: less leaves out activity"
      ),
      ("azure.setting.deleted", "dev", "SETTING DELETED: export, dev"),
    ] as [(FailureCode, String, String)])
  func `what became of a setting, the new place first`(
    _ code: FailureCode, _ rest: String, _ what: String
  ) {
    #expect(Engine.exportWhat(code, nil, "export", rest) == what)
  }

  @Test(arguments: [
    (
      "needs logging.logEntries.list: logging.entries.list in projects/a: PERMISSION_DENIED",
      "BLIND: needs logging.logEntries.list, entries acme-1: "
        + "logging.entries.list in projects/a: PERMISSION_DENIED"
    ),
    ("no answer in 30 s", "BLIND: entries acme-1, no answer in 30 s"),
  ])
  func `blind says first what is missing`(_ reason: String, _ what: String) {
    let path = Units.path(.entries, .gcp, "acme-1")
    #expect(Engine.blindWhat(path, reason) == what)
  }

  private static let workspace = "/subscriptions/a/resourcegroups/sec/providers/x/central"

  @Test(
    arguments: [
      (
        "azure.workspace.ingests", workspace, "OverQuota: its daily cap is reached",
        "CAPPED: central, OverQuota: its daily cap is reached"
      ),
      (
        "azure.workspace.exists", workspace, "no such workspace: 404",
        "MISSING: central, no such workspace: 404"
      ),
      (
        "azure.setting.workspace", "/subscriptions/a", "nothing goes to central; other instead",
        "NOT CARRIED: dev, nothing goes to central; other instead"
      ),
      (
        "azure.setting.exists", "/subscriptions/a", "no diagnostic setting",
        "NO DIAGNOSTIC SETTING: dev, not carried anywhere: no diagnostic setting"
      ),
    ] as [(String, String, String, String)])
  func `a check that fails is told by what was found`(
    _ rule: String, _ subject: String, _ seen: String, _ what: String
  ) {
    var rig = Units.rig()
    let check = PostureCheck(rule: rule, subject: subject, verdict: .fails, seen: seen)
    let path = Units.path(.posture, .azure, "dev")
    rig.saw([Look(path: path, result: .saw(.posture(PostureSighting(checks: [check]))))])
    let alert = rig.queue.first
    #expect(alert?.what == what)
    let text = alert?.evidence.first?.text ?? ""
    #expect(text.hasPrefix(what.split(separator: ": ", maxSplits: 1).last ?? "-"), "\(text)")
    #expect(text.hasSuffix("(\(rule) \(subject))"), "\(text)")
  }

  @Test func `a project that is closed to us is one alert, its history folded under it`() {
    var rig = Units.rig()
    let history = PathID(
      source: SourceID(cloud: .gcp, account: "analytics", name: "event-history"), kind: .history,
      region: "acme-1")
    for _ in 0..<4 {
      rig.saw([Units.blind(Units.path(.entries, .gcp, "acme-1")), Units.blind(history)])
      rig.pass(.minutes(1))
    }
    let blind = rig.picture.open.filter { $0.code == "gcp.probe.blind" }
    #expect(blind.count == 2)
    #expect(blind.filter { $0.under == nil }.map(\.source) == [Units.audit])
  }

  @Test func `a daily cap that is set is a weakness with one, and not one without`() {
    var rig = Units.rig()
    let path = Units.path(.posture, .azure, "dev")
    func look(_ verdict: PostureCheck.Verdict) -> Look {
      let check = PostureCheck(
        rule: "azure.workspace.cap", subject: Self.workspace, verdict: verdict, seen: "5 GB a day")
      return Look(path: path, result: .saw(.posture(PostureSighting(checks: [check]))))
    }
    rig.saw([look(.holds)])
    rig.pass(.minutes(10))
    rig.saw([look(.fails)])
    #expect(rig.queue.map(\.what) == ["WEAK: central, with a daily cap: 5 GB a day"])
  }
}
