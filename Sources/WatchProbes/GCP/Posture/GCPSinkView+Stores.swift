import CloudAPI
import WatchCore

/// What the sinks lead to.
extension GCPSinkView {
  func addDestination(_ sink: LogSink, _ sheet: inout PostureSheet) {
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
    if archive.deletesOtherwise, deletes.map({ $0 >= bar.days }) ?? true {
      let why = Blindness(
        kind: .undecided,
        detail: "\(archive.name): a lifecycle rule deletes by something else than age")
      sheet.add("gcp.archive.lifecycle", .unknown(why), why.detail)
    } else {
      sheet.add(
        "gcp.archive.lifecycle", if: deletes.map { $0 >= bar.days } ?? true,
        deletes.map { "after \($0) days" } ?? "nothing is deleted",
        else: "\(archive.name): deleted after \(deletes ?? 0) days, asked \(bar.text)")
    }
    sheet.add(
      "gcp.archive.public", if: archive.publicAccessPrevention == "enforced", "enforced",
      else: "\(archive.name): \(archive.publicAccessPrevention)")
  }

  /// Log buckets that the sinks lead to, wherever they are: others keep what is of no audit, and
  /// `_Required` is Google's.
  var bucketChecks: [PostureCheck] {
    var found: [LogBucket] = []
    for sink in relevant {
      guard case .success(.logBucket(let bucket)?)? = destinations[name(sink)],
        bucket.shortName != "_Required", !found.contains(where: { $0.name == bucket.name })
      else { continue }
      found.append(bucket)
    }
    var sheet = PostureSheet(parent.name)
    if let why = buckets.blindness { sheet.blind(["gcp.bucket.active"], why) }
    return sheet.checks + found.flatMap(bucketChecks)
  }

  private func bucketChecks(_ bucket: LogBucket) -> [PostureCheck] {
    var sheet = PostureSheet(bucket.name)
    sheet.add(
      "gcp.bucket.active", if: bucket.state != "DELETE_REQUESTED", bucket.state,
      else: "\(bucket.shortName): its deletion was asked for")
    let bar = plan.retention
    sheet.add(
      "gcp.bucket.retention", if: bucket.retentionDays >= bar.days, "\(bucket.retentionDays) days",
      else: "\(bucket.shortName): \(bucket.retentionDays) days, asked \(bar.text)")
    sheet.add(
      "gcp.bucket.locked", if: bucket.isLocked, "locked",
      else: "\(bucket.shortName): not locked")
    return sheet.checks
  }
}
