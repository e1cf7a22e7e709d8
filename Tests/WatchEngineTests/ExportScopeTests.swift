import Testing
import WatchCore
import WatchEngine

/// What a look at the settings asked for, and what it therefore says of what is missing.
struct ExportScopeTests {
  private static let vault: PipelineSetting = {
    var setting = Units.exporting
    setting.id =
      "/subscriptions/0f0f0f0f/resourcegroups/app/vaults/kv/providers/microsoft.insights/"
      + "diagnosticsettings/audit"
    setting.name = "audit of kv"
    return setting
  }()
  private static func scope(_ id: String, _ name: String? = nil) -> SettingsSighting.Scope {
    let list = id.split(separator: "/").dropLast().joined(separator: "/")
    return SettingsSighting.Scope(id: (id.hasPrefix("/") ? "/" : "") + list, name: name)
  }
  private static let unit = scope(Units.setting)
  private static let both = [unit, scope(vault.id, "kv")]

  @Test func `a resource taken out of the configuration has lost no setting`() {
    var rig = Units.rig()
    rig.saw([Units.settings([Units.exporting, Self.vault], .azure, "dev", scopes: Self.both)])
    rig.pass(.minutes(5))
    rig.saw([Units.settings([Units.exporting], .azure, "dev", scopes: [Self.unit])])
    rig.pass(.minutes(2))
    #expect(rig.queue.isEmpty)
    #expect(state(rig)?.state == .ok)
    // Asked for again, it is compared with what it was.
    rig.saw([Units.settings([Units.exporting], .azure, "dev", scopes: Self.both)])
    #expect(rig.queue.map(\.code) == ["azure.setting.deleted"])
    #expect(state(rig)?.state == .failing)
    rig.pass(.minutes(2))
    rig.saw([Units.settings([Units.exporting], .azure, "dev", scopes: [Self.unit])])
    #expect(rig.queue.first?.clearProof?.hasPrefix("not proven") == true)
  }

  @Test func `a sink that the configuration names no more is not deleted`() {
    var rig = Units.rig()
    var other = Units.archiving
    other.id = "projects/acme-1/sinks/to-siem"
    func scopes(_ settings: [PipelineSetting]) -> [SettingsSighting.Scope] {
      settings.map { SettingsSighting.Scope(id: $0.id) }
    }
    let all = [Units.archiving, other]
    rig.saw([Units.settings(all, .gcp, "acme-1", scopes: scopes(all))])
    rig.pass(.minutes(5))
    rig.saw([
      Units.settings([Units.archiving], .gcp, "acme-1", scopes: scopes([Units.archiving]))
    ])
    #expect(rig.queue.isEmpty)
    rig.saw([Units.settings([Units.archiving], .gcp, "acme-1", scopes: scopes(all))])
    #expect(rig.queue.map(\.code) == ["gcp.sink.deleted"])
  }

  @Test func `a sink that carries nothing of ours any more was narrowed, not deleted`() {
    var rig = Units.rig()
    rig.saw([Units.settings([Units.archiving], .gcp, "acme-1")])
    rig.pass(.minutes(5))
    let idle = Units.archiving.with("filter", .filter("severity>=ERROR", covers: []))
    let look = Look(
      path: Units.path(.setting, .gcp, "acme-1"),
      result: .saw(.settings(SettingsSighting(settings: [], others: [idle]))))
    for _ in 1...3 {
      rig.saw([look])
      rig.pass(.minutes(1))
    }
    #expect(rig.queue.map(\.code) == ["gcp.sink.narrowed"])
  }

  @Test(arguments: [Cloud.azure, .gcp])
  func `a setting that went by plan can be accepted, and ends its alert`(_ cloud: Cloud) throws {
    var rig = Units.rig()
    let setting = cloud == .azure ? Units.exporting : Units.archiving
    let unit = cloud == .azure ? "dev" : "acme-1"
    rig.saw([Units.settings([setting], cloud, unit)])
    rig.pass(.minutes(5))
    rig.saw([Units.settings([], cloud, unit)])
    let code = try #require(setting.goneCode)
    #expect(rig.queue.map(\.code) == [code])
    let end = rig.wall + .hours(24 * 90)
    let refusal = rig.command(
      .accept(rule: code.text, subject: setting.id, until: end, reason: "decommissioned"))
    #expect(refusal == nil)
    rig.saw([Units.settings([], cloud, unit)])
    #expect(rig.queue.first?.clearProof?.hasPrefix("accepted by mira") == true)
    let path = rig.engine.paths().first { $0.id == Units.path(.setting, cloud, unit) }
    // Gone it is all the same: nothing leaves by it.
    #expect(path?.state == (cloud == .azure ? .notSetUp : .ok))
  }

  static let idle: [(PipelineSetting, String)] = [
    (Units.exporting.with("categories", .covers([])), "export: nothing enabled"),
    (Units.exporting.with("workspaceId", .place(nil)), "export: nothing enabled"),
  ]

  @Test(arguments: idle)
  func `a setting by which nothing leaves is none`(_ setting: PipelineSetting, _ why: String) {
    var rig = Units.rig()
    rig.saw([Units.settings([setting], .azure, "dev", scopes: [Self.unit])])
    #expect(state(rig)?.state == .notSetUp)
    #expect(state(rig)?.reason == why)
  }

  @Test func `a vault's setting does not stand for its subscription's, nor the other way round`() {
    var rig = Units.rig()
    rig.saw([Units.settings([Self.vault], .azure, "dev", scopes: Self.both)])
    #expect(state(rig)?.state == .notSetUp && state(rig)?.reason == "no diagnostic setting")
    var other = Units.rig()
    other.saw([Units.settings([Units.exporting], .azure, "dev", scopes: Self.both)])
    #expect(state(other)?.reason == "no diagnostic setting of kv")
    other.saw([Units.settings([Units.exporting, Self.vault], .azure, "dev", scopes: Self.both)])
    #expect(state(other)?.state == .ok)
  }

  @Test func `categories in another case are the same ones`() {
    let sent = Units.exporting.with(
      "categories", .covers(["administrative", "SECURITY", "Policy"]))
    #expect(sent.change(from: Units.exporting) == nil)
    let less = Units.exporting.with("categories", .covers(["administrative", "SECURITY"]))
    #expect(less.change(from: Units.exporting)?.code == "azure.setting.narrowed")
  }

  private func state(_ rig: Rig) -> PathStatus? {
    rig.engine.paths().first { $0.id == Units.path(.setting, .azure, "dev") }
  }
}
