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
