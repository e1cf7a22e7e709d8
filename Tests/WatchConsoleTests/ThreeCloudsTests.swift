import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// The three clouds side by side: each as readable as the first one.
@Suite struct ThreeCloudsTests {
  /// Its name, and how to get there.
  static let names = ["cloud-azure", "cloud-gcp", "posture", "graph", "alert-gcp"]

  private func state(_ name: String, _ width: Int, _ height: Int) -> ConsoleState {
    var state = ThreeClouds.scene.state(width: width, height: height)
    switch name {
    case "cloud-azure", "cloud-gcp":
      let source = name == "cloud-azure" ? ThreeClouds.activity : ThreeClouds.audit
      let unit = name == "cloud-azure" ? "acme-dev" : "acme-analytics"
      state.show(.cloud(source.cloud))
      state.path = PathID(source: source, kind: .setting, region: unit)
    case "alert-gcp": state.show(.alert(AlertID(143)))
    default:
      for key in KeyText.keys(name == "posture" ? "4" : "5") {
        _ = state.handle(.event(.key(key)))
      }
    }
    return state
  }

  @Test("S1: clouds, posture and graph of all three", arguments: names, SceneSize.all)
  func screens(_ name: String, _ size: SceneSize) {
    let canvas = Console.render(state(name, size.width, size.height))
    Golden.check(canvas, "three-clouds-\(name)-\(size)")
  }

  @Test("S4: the overview of all three in a small terminal", arguments: [[60, 16], [40, 10]])
  func small(_ size: [Int]) {
    let canvas = Console.render(ThreeClouds.scene.state(width: size[0], height: size[1]))
    Golden.check(canvas, "three-clouds-\(size[0])x\(size[1])")
  }

  @Test("S2: what must be read at 80x24 stands there whole")
  func facts() {
    let text = ThreeClouds.scene.text()
    for fact in [
      "-- AWS ", "ok, 2 open", "-- AZURE ", "FAILING", "-- GCP ", "LATE",
      "worst activity acme-dev", "22m02s ago, 20m+20m", "acme-analytics", "16m20s ago, 15m+15m",
      "subscriptions 1 of 2", "projects 2 of 2", "delivering 5 of 6", "regions 3 of 3",
      "acme/acme-dev", "DELETED to-siem by svc-terraform", "azure-setting-deleted",
      "az monitor diagnostic-settings subscription list", "? help",
    ] {
      #expect(text.contains { $0.contains(fact) }, "\(fact)")
    }
  }

  private func alert(_ seen: [String]) throws -> (Alert, ConsoleState) {
    var raise = ThreeClouds.deleted
    raise.cause = ThreeClouds.cause
    raise.evidence = seen.map { Evidence(at: ThreeClouds.now, text: "deleted", seen: $0) }
    var line = Estate.start(seq: 407)
    line.add(.raise(raise), at: Timeline.at("03:02:13"))
    let scene = Estate.scene(
      "told", line, at: ThreeClouds.now, paths: ThreeClouds.paths, demo: nil,
      plan: ThreeClouds.plan)
    let state = scene.state(width: 120, height: 40)
    return (try #require(state.picture.alerts[raise.alert]), state)
  }

  @Test("an act's witnesses are known by their clouds' names, and told apart in a narrow place")
  func witnesses() throws {
    for names in [
      ["queue acme-dev", "Activity Log acme-dev"], ["queue x", "Admin Activity log x"],
    ] {
      let (alert, state) = try alert(names)
      let told = AlertFacts.witnesses(alert, state).map(\.text.string)
      #expect(told == ["2 witnesses: \(names.joined(separator: ", "))"])
      let lines = AlertFacts.lines(alert, state, width: 80).map(\.text.string)
      #expect(lines.contains { $0.contains("queue: deleted") })
      #expect(lines.contains { $0.contains("Activity Log: deleted") })
    }
    let (alert, state) = try alert(["Activity Log acme-dev"])
    let told = AlertFacts.witnesses(alert, state).map(\.text.string)
    #expect(told.allSatisfy { !$0.contains("Activity Log has not told") }, "\(told)")
  }

  @Test("one source's echo is an echo: it is off where no source sends any")
  func echo() throws {
    var state = ThreeClouds.scene.state(width: 120, height: 40)
    let azure = try #require(state.shown.clouds.first { $0.cloud == .azure })
    var silent = azure
    silent.paths.removeAll { $0.id.kind == .echo }
    #expect(CloudPanel.proof(silent, state, short: false) == "nothing signed, echo not back yet")
    for index in state.board.plan.sources.indices { state.board.plan.sources[index].echo = .off }
    #expect(CloudPanel.proof(silent, state, short: false) == "nothing signed, echo off")
  }

  @Test("that settings were looked at is not that they hold")
  func looked() {
    let path = PathStatus(
      id: PathID(source: ThreeClouds.audit, kind: .posture, region: "acme-1"), state: .ok,
      since: ThreeClouds.now)
    #expect(path.word == "looked")
    let list = PathStatus(
      id: PathID(source: ThreeClouds.audit, kind: .region, region: "ALL-PROJECTS"), state: .ok,
      since: ThreeClouds.now)
    #expect(list.names == ["list of projects"])
  }

  @Test("clouds share a wide screen's height in turn; none has blanks while another is cut")
  func shares() {
    #expect(WideOverview.shares(of: 46, [30, 24, 29]) == [16, 15, 15])
    #expect(WideOverview.shares(of: 46, [30, 3, 8]) == [30, 3, 8])
    #expect(WideOverview.shares(of: 20, [30, 3, 8]) == [9, 3, 8])
    #expect(WideOverview.shares(of: 4, [30, 3, 8]).allSatisfy { $0 <= 3 })
  }

  @Test("a name is not cut beside blanks")
  func room() {
    for (cloud, size) in [(Cloud.gcp, (120, 40)), (.gcp, (80, 24))] {
      var state = ThreeClouds.scene.state(width: size.0, height: size.1)
      if size.0 == 80 { state.show(.cloud(cloud)) }
      let text = Console.render(state).text
      #expect(!text.contains { $0.contains("acme-a..") || $0.contains("acme-an..") }, "\(text)")
    }
  }

  @Test(
    "no command runs out of its pane, and steps stand unfolded beside blanks", arguments: [80, 110])
  func commands(_ width: Int) throws {
    let (alert, state) = try alert(["queue x"])
    let runbook = try #require(state.runbook(of: alert))
    let all = RunbookPane.lines(alert, runbook, state, detail: .everything, width: width)
    let commands = all.filter(\.isCommand)
    #expect(commands.allSatisfy { $0.indent > 0 }, "a word that is too long has a line of its own")
    #expect(commands.contains { $0.text.string.hasPrefix("x=") }, "none is too long")
    #expect(commands.allSatisfy { $0.text.width + $0.indent < width })
    let full = RunbookPane.lines(alert, runbook, state, detail: .full, width: width).count
    let most = RunbookPane.lines(alert, runbook, state, detail: .commands, width: width).count
    #expect(full < most)
    let view = RunbookView(
      alert, runbook, state, details: AlertScreen.details, onlyCurrent: false, width: width,
      height: most - 1)
    #expect(view.shown.count > full && view.shown.count < most && view.hidden == 0)
  }

  @Test("names of paths shorten to what tells them apart")
  func shorter() throws {
    let path = { (kind: PathKind, unit: String, member: String?) in
      PathStatus(
        id: PathID(source: ThreeClouds.audit, kind: kind, region: unit, member: member),
        state: .ok, since: ThreeClouds.now)
    }
    #expect(path(.history, "acme-1", nil).names.first == "audit log acme-1")
    #expect(
      path(.export, "acme-1", "audit-eu").names
        == ["export acme-1 audit-eu", "export audit-eu", "audit-eu", "acme-1 audit-eu export"])
    #expect(
      path(.s3, "us-east-1", "111122223333").names
        == ["S3 us-east-1 111122223333", "us-east-1 111122223333 S3"])
  }

  @Test("ids of all clouds shorten to the resource")
  func ids() {
    #expect(ThreeClouds.setting.shortARN == "diagnosticsettings/to-siem")
    #expect("on \(ThreeClouds.archive), x".withoutARNs == "on storageaccounts/staudit, x")
    #expect("arn:aws:sns:us-east-1:1:alerts: off".withoutARNs == "alerts: off")
    #expect("projects/acme-1/sinks/eu".shortARN == "projects/acme-1/sinks/eu")
  }

  @Test("cloud: filters alerts, checks and the journal's entries")
  func filter() throws {
    let board = ThreeClouds.scene.board
    let azure = Filter("cloud:azure")
    let taken = board.picture.alerts.values.filter { azure.takes($0) }.map(\.id.text).sorted()
    #expect(taken == ["A-0141", "A-0142"])
    let entries = ThreeClouds.line.entries.filter { azure.takes($0, in: board.picture) }
    #expect(entries.count == 5)
    #expect(entries.allSatisfy { $0.event.alert != nil })
  }
}
