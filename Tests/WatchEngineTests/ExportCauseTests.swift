import Testing
import WatchCore
import WatchEngine

/// Whose act a deleted, narrowed or remapped setting is: never an earlier one's on the same setting.
struct ExportCauseTests {
  /// A setting, how somebody widens it first, and what becomes of it then.
  struct Case: Sendable {
    var cloud: Cloud
    var first: PipelineSetting
    var widened: PipelineSetting
    /// Nil: it is deleted.
    var after: PipelineSetting?
    var code: FailureCode

    var write: String {
      cloud == .azure ? "Microsoft.Insights/diagnosticSettings/write" : "ConfigServiceV2.UpdateSink"
    }
    var act: String {
      if after != nil { return write }
      return cloud == .azure
        ? "Microsoft.Insights/diagnosticSettings/delete" : "ConfigServiceV2.DeleteSink"
    }
    var unit: String { cloud == .azure ? "dev" : "acme-1" }
    var part: PipelineNode.ID { PipelineNode.ID(cloud == .azure ? .setting : .sink, first.id) }

    func act(_ action: String, by actor: String, at time: Timestamp) -> PipelineChange {
      var change = Units.act(
        action, on: part, cloud, unit, at: time, harm: action == write ? .changes : .cuts,
        code: action == write ? nil : code, event: "e-\(actor)")
      change.cause.actor = actor
      return change
    }

    func look(_ setting: PipelineSetting?) -> Look {
      Units.settings([setting].compactMap { $0 }, cloud, unit)
    }
  }

  static let cases: [Case] = {
    let wide = Units.exporting.with(
      "categories", .covers(["Administrative", "Security", "Policy", "Alert"]))
    let open = Units.archiving.with(
      "filter", .filter("logName:cloudaudit OR x", covers: ["activity", "data_access", "policy"]))
    return [
      Case(
        cloud: .azure, first: Units.exporting, widened: wide, code: "azure.setting.deleted"),
      Case(
        cloud: .azure, first: Units.exporting, widened: wide,
        after: wide.with("categories", .covers(["Policy"])), code: "azure.setting.narrowed"),
      Case(
        cloud: .azure, first: Units.exporting, widened: wide,
        after: wide.with("workspaceId", .place("/elsewhere")), code: "azure.setting.remapped"),
      Case(cloud: .gcp, first: Units.archiving, widened: open, code: "gcp.sink.deleted"),
      Case(
        cloud: .gcp, first: Units.archiving, widened: open,
        after: open.with("filter", .filter("severity>=ERROR", covers: [])),
        code: "gcp.sink.narrowed"),
    ]
  }()

  /// Mira widens it and her act is known; three minutes later mallory does harm.
  private func story(_ row: Case, recordsLate: Bool) -> (rig: Rig, acts: [PipelineChange]) {
    var rig = Units.rig()
    rig.saw([row.look(row.first)])
    rig.pass(.minutes(5))
    let mira = row.act(row.write, by: "mira", at: rig.wall - .seconds(20))
    rig.saw([row.look(row.widened)])
    if !recordsLate { rig.saw([Units.history(row.cloud, row.unit, [mira], at: rig.wall)]) }
    rig.pass(.minutes(1))
    rig.saw([row.look(row.widened)])
    rig.pass(.minutes(2))
    let mallory = row.act(row.act, by: "mallory", at: rig.wall - .seconds(30))
    rig.saw([row.look(row.after)])
    return (rig, [mira, mallory])
  }

  @Test(arguments: cases) func `it is nobody's until the record comes, and then the right one's`(
    _ row: Case
  ) {
    var (rig, acts) = story(row, recordsLate: false)
    #expect(rig.queue.map(\.code) == [row.code])
    #expect(rig.queue.first?.cause == nil, "\(rig.queue.first?.what ?? "")")
    rig.pass(.minutes(6))
    rig.saw([Units.history(row.cloud, row.unit, acts, at: rig.wall), row.look(row.after)])
    #expect(rig.queue.map(\.code) == [row.code])
    #expect(rig.queue.first?.cause?.actor == "mallory")
    #expect(rig.queue.first?.what.contains("by mallory") == true)
  }

  @Test(arguments: cases) func `an earlier act whose record comes after the harm is not its cause`(
    _ row: Case
  ) {
    var (rig, acts) = story(row, recordsLate: true)
    rig.pass(.minutes(1))
    rig.saw([Units.history(row.cloud, row.unit, [acts[0]], at: rig.wall), row.look(row.after)])
    #expect(rig.queue.first?.cause == nil)
    rig.pass(.minutes(6))
    rig.saw([Units.history(row.cloud, row.unit, acts, at: rig.wall), row.look(row.after)])
    #expect(rig.queue.map(\.code) == [row.code])
    #expect(rig.queue.first?.cause?.actor == "mallory")
  }

  @Test(arguments: cases) func `a watch that starts anew blames nobody from before either`(
    _ row: Case
  ) {
    let (first, acts) = story(row, recordsLate: false)
    let seen = first.entries.firstIndex { $0.event.kind == "raise" } ?? first.entries.count
    var rig = Units.rig()
    rig.pass(first.wall - rig.wall)
    rig.adopt(Array(first.entries.prefix(seen)))
    rig.saw([row.look(row.after), Units.history(row.cloud, row.unit, [acts[0]], at: rig.wall)])
    #expect(rig.queue.map(\.code) == [row.code])
    #expect(rig.queue.first?.cause == nil)
  }

  @Test func `of two writes between two looks the later one is the cause`() {
    let row = Self.cases[1]
    var rig = Units.rig()
    rig.saw([row.look(row.first)])
    rig.pass(.minutes(5))
    rig.saw([row.look(row.first)])
    rig.pass(.minutes(1))
    let mira = row.act(row.write, by: "mira", at: rig.wall - .seconds(50))
    let mallory = row.act(row.write, by: "mallory", at: rig.wall - .seconds(10))
    rig.saw([row.look(row.after)])
    rig.pass(.minutes(3))
    rig.saw([Units.history(.azure, "dev", [mira], at: rig.wall)])
    #expect(rig.queue.first?.cause?.actor == "mira")
    rig.pass(.minutes(3))
    rig.saw([Units.history(.azure, "dev", [mira, mallory], at: rig.wall)])
    #expect(rig.queue.first?.cause?.actor == "mallory")
    #expect(rig.queue.count == 1)
  }
}
