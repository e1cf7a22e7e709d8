import CloudAPI
import WatchCore

/// The diagnostic settings of one subscription or resource as they were read at one time: what checks
/// and graph are made of.
struct AzureSettingView: Sendable {
  var plan: SourcePlan
  /// Whose logs they carry.
  var scope: AzureID
  var settings: Reading<[DiagnosticSetting]>
  /// What groups of categories mean there.
  var categories: Reading<[DiagnosticCategory]> = .success(DiagnosticCategory.activityLog)

  private var workspace: AzureID? { plan.azure?.workspace.flatMap { AzureID($0) } }
  private var archive: AzureID? { plan.azure?.archive.flatMap { AzureID($0) } }

  /// Of a subscription.
  var activityChecks: [PostureCheck] {
    var sheet = PostureSheet(scope.lowercased)
    let names = DiagnosticCategory.audited
    let rules = names.map { "azure.setting.\($0.lowercased())" }
    let places = ["azure.setting.workspace", "azure.setting.archive"]
    guard case .success(let all) = settings else {
      if let why = settings.blindness {
        sheet.blind(["azure.setting.exists"] + rules + places, why)
      }
      return sheet.checks
    }
    let working = all.filter { setting in
      setting.hasDestination && !Set(carried(setting)).isDisjoint(with: names)
    }
    let raw = JSON.array(
      all.map { PipelineSetting($0, of: scope, categories: DiagnosticCategory.activityLog).json }
    ).line
    sheet.add(
      "azure.setting.exists", if: !working.isEmpty,
      working.map { "\($0.name): \(carried($0).joined(separator: ", "))" }.joined(separator: "; "),
      else: all.isEmpty
        ? "no diagnostic setting" : "\(all.map(\.name).joined(separator: ", ")): nothing enabled",
      raw: raw)
    for (name, rule) in zip(names, rules) {
      guard !working.isEmpty else {
        sheet.add(rule, name == names[0] ? .fails : .none, "no diagnostic setting carries anything")
        continue
      }
      let by = working.filter { carried($0).contains(name) }.map(\.name)
      sheet.add(rule, if: !by.isEmpty, "by \(by.joined(separator: ", "))", else: "by no setting")
    }
    addPlaces(working, &sheet)
    return sheet.checks
  }

  private func addPlaces(_ working: [DiagnosticSetting], _ sheet: inout PostureSheet) {
    let main = working.filter { carried($0).contains(DiagnosticCategory.audited[0]) }
    func add(_ rule: String, _ wanted: AzureID?, _ place: (DiagnosticSetting) -> AzureID?) {
      guard let wanted else { return }
      let by = main.filter { place($0) == wanted }.map(\.name)
      let others = Set(main.compactMap { place($0)?.name }).sorted()
      let elsewhere = others.isEmpty ? "" : "; \(others.joined(separator: ", ")) instead"
      sheet.add(
        rule, if: !by.isEmpty, "\(wanted.name) by \(by.joined(separator: ", "))",
        else: "nothing goes to \(wanted.name)\(elsewhere)")
    }
    add("azure.setting.workspace", workspace) { $0.workspaceID }
    add("azure.setting.archive", archive) { $0.storageAccountID }
  }

  /// Of a watched resource: its categories go to the watched workspace or archive.
  func resourceCheck(_ resource: AzureSource.Resource) -> PostureCheck {
    var sheet = PostureSheet(scope.lowercased)
    let rule = "azure.resource.setting"
    guard case .success(let all) = settings else {
      if let why = settings.blindness { sheet.blind([rule], why) }
      return sheet.checks[0]
    }
    let here = all.filter { setting in
      let places = [setting.workspaceID, setting.storageAccountID].compactMap { $0 }
      let wanted = [workspace, archive].compactMap { $0 }
      return wanted.isEmpty ? setting.hasDestination : places.contains { wanted.contains($0) }
    }
    if let why = categories.blindness {
      sheet.blind([rule], why)
      return sheet.checks[0]
    }
    let got = Set(here.flatMap(carried).map { $0.lowercased() })
    let missing = resource.categories.filter { !got.contains($0.lowercased()) }
    let by = here.map(\.name).joined(separator: ", ")
    if here.isEmpty {
      sheet.add(rule, .fails, all.isEmpty ? "no diagnostic setting" : "none to the watched place")
    } else if got.isEmpty {
      sheet.add(rule, .fails, "\(by): nothing enabled")
    } else {
      sheet.add(
        rule, if: missing.isEmpty, "\(got.sorted().joined(separator: ", ")) by \(by)",
        else: "\(by) without \(missing.joined(separator: ", "))")
    }
    return sheet.checks[0]
  }

  func carried(_ setting: DiagnosticSetting) -> [String] {
    setting.carried(of: categories.value ?? [])
  }

  /// From each setting to where it writes.
  var pipeline: Pipeline {
    var pipeline = Pipeline()
    if let all = settings.value, all.isEmpty {
      // A part that is missing shows as one that is broken, and not as nothing.
      let none = PipelineNode.ID(
        .setting, "\(scope.lowercased)/providers/microsoft.insights/diagnosticsettings")
      let whose = scope.isSubscription ? "" : " of \(scope.name)"
      pipeline.nodes.append(
        PipelineNode(id: none, label: "none\(whose)", state: .broken("no diagnostic setting")))
    }
    for setting in settings.value ?? [] {
      let id = PipelineNode.ID(.setting, setting.id.lowercased)
      let name = scope.isSubscription ? setting.name : "\(setting.name) of \(scope.name)"
      let isIdle = carried(setting).isEmpty || !setting.hasDestination
      pipeline.nodes.append(
        PipelineNode(
          id: id, label: PlainLine.make(name, limit: 120),
          state: isIdle ? .broken("it carries nothing") : .works))
      let places: [(PipelineNode.Kind, AzureID?)] = [
        (.workspace, setting.workspaceID), (.account, setting.storageAccountID),
        (.target, setting.eventHubRuleID), (.target, setting.partnerID),
      ]
      for case (let kind, let place?) in places {
        let to = PipelineNode.ID(kind, place.lowercased)
        pipeline.nodes.append(
          PipelineNode(id: to, label: PlainLine.make(place.name, limit: 120)))
        pipeline.edges.append(
          PipelineEdge(
            from: id, to: to, verb: "writes to", proof: "its newest record is on its own path"))
      }
    }
    return Pipeline().merged(with: pipeline)
  }
}
