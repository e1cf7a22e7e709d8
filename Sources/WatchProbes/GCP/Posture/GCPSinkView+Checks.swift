import CloudAPI
import EventRules
import WatchCore

extension GCPSinkView {
  var checks: [PostureCheck] {
    existence + relevant.flatMap(sinkChecks) + bucketChecks + auditChecks
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
      guard let inherited else {
        sheet.add("gcp.sink.exists", .fails, "no sink carries Admin Activity out")
        return
      }
      sheet.judge("gcp.sink.exists", by: inherited) { sheet, above in
        let reaching = above.filter { $0.includesChildren && !$0.isDisabled && carries($0) != .no }
        sheet.add(
          "gcp.sink.exists", if: Holds.any(reaching.map(carries)),
          "from above: " + reaching.map(\.name).joined(separator: ", "),
          else: "no sink carries Admin Activity out")
      }
    }
    return sheet.checks
  }

  private func sinkChecks(_ sink: LogSink) -> [PostureCheck] {
    var sheet = PostureSheet(name(sink))
    sheet.add("gcp.sink.enabled", if: !sink.isDisabled, "on", else: "\(sink.name) is disabled")
    if asksActivity {
      switch carries(sink) {
      case .unknown:
        let why = Blindness(
          kind: .undecided, detail: "what \(sink.name) lets through cannot be told")
        sheet.add("gcp.sink.carries", .unknown(why), why.detail, raw: sink.filter)
      case let holds:
        sheet.add(
          "gcp.sink.carries", if: holds, "Admin Activity comes through",
          else: "\(sink.name) keeps Admin Activity back", raw: sink.filter)
      }
    }
    addDestination(sink, &sheet)
    sheet.judge("gcp.sink.errors", by: errors) { sheet, errors in
      let error = errors[sink.name]
      sheet.add("gcp.sink.errors", if: error == nil, "none", else: error ?? "")
    }
    return sheet.checks
  }

  var asksDataAccess: Bool { plan.gcp?.logs.contains("data_access") == true }

  var asksActivity: Bool { plan.gcp?.logs.contains("activity") != false }

  private func addDestination(_ sink: LogSink, _ sheet: inout PostureSheet) {
    guard let reading = destinations[name(sink)] else { return }
    switch reading {
    case .failure(let why): sheet.blind(["gcp.sink.destination"], why)
    case .success(nil):
      sheet.add("gcp.sink.destination", .fails, "\(sink.destination) does not exist")
    case .success(let found?):
      sheet.add("gcp.sink.destination", .holds, sink.destination)
      if case .archive(let archive) = found { addArchive(archive, &sheet) }
    }
  }

  private func addArchive(_ archive: GCPDestination.ArchiveBucketFacts, _ sheet: inout PostureSheet)
  {
    let bar = plan.retention
    let days = archive.retentionDays
    sheet.add(
      "gcp.archive.retention", if: days.map { $0 >= bar.days } ?? false,
      "\(archive.name): \(days ?? 0) days",
      else: "\(archive.name): \(days.map { "\($0) days" } ?? "no retention policy"), asked "
        + bar.text)
    if days != nil {
      sheet.add(
        "gcp.archive.locked", if: archive.isLocked, "locked",
        else: "\(archive.name): the retention policy can be taken away")
    } else {
      sheet.add("gcp.archive.locked", .none, "no retention policy")
    }
    let deletes = archive.deletesAfterDays
    sheet.add(
      "gcp.archive.lifecycle", if: deletes.map { $0 >= bar.days } ?? true,
      deletes.map { "after \($0) days" } ?? "nothing is deleted",
      else: "\(archive.name): deleted after \(deletes ?? 0) days, asked \(bar.text)")
    sheet.add(
      "gcp.archive.public", if: archive.publicAccessPrevention == "enforced", "enforced",
      else: "\(archive.name): \(archive.publicAccessPrevention)")
  }

  /// Log buckets that the sinks lead to: others keep what is of no audit, and `_Required` is Google's.
  private var bucketChecks: [PostureCheck] {
    guard let buckets = buckets.value else {
      var sheet = PostureSheet(parent.name)
      if let why = buckets.blindness { sheet.blind(["gcp.bucket.active"], why) }
      return sheet.checks
    }
    let targets = relevant.compactMap { sink -> String? in
      if case .logBucket(let name) = sink.target { name } else { nil }
    }
    return buckets.filter { targets.contains($0.name) && $0.shortName != "_Required" }
      .flatMap { bucket -> [PostureCheck] in
        var sheet = PostureSheet(bucket.name)
        sheet.add(
          "gcp.bucket.active", if: bucket.state != "DELETE_REQUESTED", bucket.state,
          else: "\(bucket.shortName): its deletion was asked for")
        let bar = plan.retention
        sheet.add(
          "gcp.bucket.retention", if: bucket.retentionDays >= bar.days,
          "\(bucket.retentionDays) days",
          else: "\(bucket.shortName): \(bucket.retentionDays) days, asked \(bar.text)")
        sheet.add(
          "gcp.bucket.locked", if: bucket.isLocked, "locked",
          else: "\(bucket.shortName): not locked")
        return sheet.checks
      }
  }

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
        else: "\(names): audit entries are dropped")
    }
    let dropping = sheet.checks
    sheet = PostureSheet(GCPPartName.auditConfigs(unit.id))
    sheet.judge("gcp.audit.data-access", "gcp.audit.exempted", by: policy) { sheet, policy in
      let names = Set(([policy] + (above?.value ?? [])).flatMap(\.typesOfAll))
      let text = names.isEmpty ? "none for all services" : names.sorted().joined(separator: ", ")
      if !asksDataAccess {
        sheet.add("gcp.audit.data-access", .info, text)
      } else if let why = above?.blindness, !policy.recordsDataAccess {
        sheet.blind(["gcp.audit.data-access"], why)
      } else {
        sheet.add(
          "gcp.audit.data-access", if: names.isSuperset(of: ["DATA_READ", "DATA_WRITE"]), text,
          else: text)
      }
      let exempted = Set(policy.auditConfigs.flatMap(\.logTypes).flatMap(\.exemptedMembers))
      sheet.add(
        "gcp.audit.exempted", if: exempted.isEmpty, "nobody",
        else: exempted.sorted().prefix(5).joined(separator: ", "))
    }
    return dropping + sheet.checks
  }
}

extension GCPAccessPolicy {
  /// What it records of every service.
  fileprivate var typesOfAll: [String] {
    auditConfigs.filter { $0.service == "allServices" }.flatMap(\.logTypes).map(\.name)
  }

  var recordsDataAccess: Bool { Set(typesOfAll).isSuperset(of: ["DATA_READ", "DATA_WRITE"]) }
}
