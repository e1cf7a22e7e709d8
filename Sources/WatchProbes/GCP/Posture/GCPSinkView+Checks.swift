import CloudAPI
import EventRules
import WatchCore

extension GCPSinkView {
  var checks: [PostureCheck] {
    existence + relevant.flatMap(sinkChecks) + defaultChecks + bucketChecks + auditChecks
  }

  private var existence: [PostureCheck] {
    var sheets: [PostureSheet] = []
    for name in plan.namedSinks(in: unit) {
      var sheet = PostureSheet(Self.name(name, of: parent))
      sheet.judge("gcp.sink.exists", by: sinks) { sheet, sinks in
        sheet.add(
          "gcp.sink.exists", if: sinks.contains { $0.name == name }, "there",
          else: "no sink \(name) in \(parent.name)")
      }
      sheets.append(sheet)
    }
    guard sheets.isEmpty else { return sheets.flatMap(\.checks) }
    var sheet = PostureSheet(parent.name)
    sheet.judge("gcp.sink.exists", by: sinks) { sheet, _ in
      if !relevant.isEmpty {
        sheet.add(
          "gcp.sink.exists", .holds, relevant.map(\.name).joined(separator: ", "))
        return
      }
      // Nobody asked for more than what _Default keeps; whether that is on has its own check.
      if !asksActivity, alone.value?.isEmpty == false {
        sheet.add("gcp.sink.exists", .holds, LogSink.defaultName)
        return
      }
      let none = "no sink carries \(asksActivity ? "Admin Activity" : logNames) out"
      guard let inherited else {
        sheet.add("gcp.sink.exists", .fails, none)
        return
      }
      sheet.judge("gcp.sink.exists", by: inherited) { sheet, above in
        let reaching = above.filter { $0.includesChildren && !$0.isDisabled && carries($0) != .no }
        sheet.add(
          "gcp.sink.exists", if: Holds.any(reaching.map(carries)),
          "from above: " + reaching.map(\.name).joined(separator: ", "),
          else: none, open: "what the sinks from above let through cannot be told")
      }
    }
    return sheet.checks
  }

  private var logNames: String { wanted.joined(separator: ", ") }

  /// `_Default`, which nobody named: where it alone carries a log that is asked for, it must be on.
  private var defaultChecks: [PostureCheck] {
    guard plan.namedSinks(in: unit).isEmpty,
      let sink = sinks.value?.first(where: { $0.name == LogSink.defaultName })
    else { return [] }
    var sheet = PostureSheet(name(sink))
    sheet.judge("gcp.sink.enabled", by: alone) { sheet, logs in
      guard !logs.isEmpty else { return }
      sheet.add(
        "gcp.sink.enabled", if: !sink.isDisabled, "on",
        else: "\(sink.name) is disabled, nothing else keeps \(logs.joined(separator: ", "))")
    }
    return sheet.checks
  }

  private func sinkChecks(_ sink: LogSink) -> [PostureCheck] {
    var sheet = PostureSheet(name(sink))
    sheet.add("gcp.sink.enabled", if: !sink.isDisabled, "on", else: "\(sink.name) is disabled")
    if asksActivity, !sink.isBuiltIn {
      sheet.add(
        "gcp.sink.carries", if: carries(sink), "Admin Activity comes through",
        else: "\(sink.name) keeps Admin Activity back",
        open: "what \(sink.name) lets through cannot be told", raw: sink.filter)
    }
    addDestination(sink, &sheet)
    sheet.judge("gcp.sink.errors", by: errors) { sheet, errors in
      let error = errors[sink.name]
      sheet.add("gcp.sink.errors", if: error == nil, "none", else: error ?? "")
    }
    return sheet.checks
  }

  var asksDataAccess: Bool { plan.gcp?.logs.contains("data_access") == true }

  private var auditChecks: [PostureCheck] {
    var sheet = PostureSheet(GCPPartName.exclusions(unit.id))
    sheet.judge("gcp.exclusion.audit", by: exclusions) { sheet, exclusions in
      let own = sinks.value?.first { $0.name == "_Default" }?.exclusions ?? []
      let all = (exclusions + own).filter { !$0.isDisabled }
      let verdicts = all.map {
        Self.drops($0.filter, ["data_access", "policy"], of: parent, at: now)
      }
      let dropping = zip(all, verdicts).filter { $0.1 != .no }.map(\.0)
      let names = Set(dropping.map(\.name)).sorted().joined(separator: ", ")
      sheet.add(
        "gcp.exclusion.audit", if: !Holds.any(verdicts), "none",
        else: "\(names): audit entries are dropped",
        open: "\(names): perhaps audit entries are dropped")
    }
    let dropping = sheet.checks
    sheet = PostureSheet(GCPPartName.auditConfigs(unit.id))
    sheet.judge("gcp.audit.data-access", "gcp.audit.exempted", by: policy) { sheet, policy in
      let levels = (above.value ?? []).map(\.policy)
      let names = Set(([policy] + levels).flatMap(\.typesOfAll))
      let text = names.isEmpty ? "none for all services" : names.sorted().joined(separator: ", ")
      if !asksDataAccess {
        sheet.add("gcp.audit.data-access", .info, text)
      } else if let why = above.blindness, !policy.recordsDataAccess {
        sheet.blind(["gcp.audit.data-access"], why)
      } else {
        sheet.add(
          "gcp.audit.data-access", if: names.isSuperset(of: ["DATA_READ", "DATA_WRITE"]), text,
          else: text)
      }
      addExempted(policy, &sheet)
    }
    return dropping + sheet.checks
  }

  /// An exemption at any level counts for what that level records.
  private func addExempted(_ policy: GCPAccessPolicy, _ sheet: inout PostureSheet) {
    let exempted =
      policy.exempted
      + (above.value ?? []).flatMap { level in
        level.policy.exempted.map { "\($0) in \(level.name)" }
      }
    // Who may not look above is not blind for it, and that nobody is exempted is not proven.
    if exempted.isEmpty, let why = above.blindness {
      sheet.add("gcp.audit.exempted", .info, "nobody in \(parent.name); above it: \(why.detail)")
      return
    }
    sheet.add(
      "gcp.audit.exempted", if: exempted.isEmpty, "nobody",
      else: exempted.prefix(5).joined(separator: ", "))
  }
}

extension GCPAccessPolicy {
  /// What it records of every service.
  fileprivate var typesOfAll: [String] {
    auditConfigs.filter { $0.service == "allServices" }.flatMap(\.logTypes).map(\.name)
  }

  /// Whose Data Access it does not record.
  fileprivate var exempted: [String] {
    Set(auditConfigs.flatMap(\.logTypes).flatMap(\.exemptedMembers)).sorted()
  }

  var recordsDataAccess: Bool { Set(typesOfAll).isSuperset(of: ["DATA_READ", "DATA_WRITE"]) }
}
