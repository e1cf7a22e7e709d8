import CloudAPI
import WatchCore

/// How long the bucket keeps what it was given, and who can take it away.
extension StoreView {
  func addKeeping(_ bucket: BucketReading, _ sheet: inout PostureSheet) {
    addLifecycle(bucket, &sheet)
    sheet.judge("bucket.versioning", by: bucket.versioning) { sheet, versioning in
      switch versioning.status {
      case .enabled: sheet.add("bucket.versioning", .holds, "on")
      case .suspended:
        sheet.add("bucket.versioning", .fails, "suspended: new log files have no versions")
      case .never: sheet.add("bucket.versioning", .fails, "off: never switched on")
      }
    }
    addMFADelete(bucket, &sheet)
    sheet.judge("bucket.object-lock", by: bucket.lock) { sheet, lock in
      guard let lock else { return sheet.add("bucket.object-lock", .fails, "off") }
      guard let kept = lock.retention else {
        return sheet.add(
          "bucket.object-lock", .fails, "on, without a default retention: no log file is locked")
      }
      let period = "\(kept.mode.rawValue) for \(kept.inWords)"
      sheet.add(
        "bucket.object-lock", if: kept.wholeDays >= plan.retention.days, period,
        else: "\(period); \(asked)")
    }
  }

  /// Where object lock keeps the versions, the second factor adds nothing.
  private func addMFADelete(_ bucket: BucketReading, _ sheet: inout PostureSheet) {
    sheet.judge("bucket.mfa-delete", by: bucket.versioning) { sheet, versioning in
      if versioning.mfaDelete == true { return sheet.add("bucket.mfa-delete", .holds, "on") }
      sheet.judge("bucket.mfa-delete", by: bucket.lock) { sheet, lock in
        let isLocked = lock?.retention != nil
        sheet.add(
          "bucket.mfa-delete", isLocked ? .none : .fails,
          isLocked ? "off; object lock keeps the versions" : "off; only the root user can set it")
      }
    }
  }

  private var asked: String {
    "\(plan.retention.days) days are asked (\(plan.retention.framework))"
  }

  private func addLifecycle(_ bucket: BucketReading, _ sheet: inout PostureSheet) {
    let rules = ["bucket.expires-now", "bucket.retention", "bucket.lifecycle"]
    switch bucket.lifecycle {
    case .failure(let why): sheet.blind(rules, why)
    case .success(nil):
      sheet.add("bucket.expires-now", .holds, "no lifecycle")
      sheet.add("bucket.retention", .holds, "no lifecycle: kept without end; \(asked)")
      sheet.add("bucket.lifecycle", .info, "none")
    case .success(let rules?):
      let lifecycle = LogLifecycle(rules, folders: folders)
      let (isNow, isShort, words) = judge(lifecycle, bucket)
      sheet.add("bucket.expires-now", if: !isNow, words, else: words)
      sheet.add("bucket.retention", if: !isShort, "\(words); \(asked)", else: "\(words); \(asked)")
      sheet.add("bucket.lifecycle", .info, lifecycle.inWords)
    }
  }

  private var folders: LogFolderNames {
    LogFolderNames(
      prefix: trail.s3KeyPrefix, account: arn.account, organization: organizationID,
      isOrganization: isOrganization)
  }

  /// Whether logs go within a day, whether before the retention asked, and how.
  private func judge(
    _ lifecycle: LogLifecycle, _ bucket: BucketReading
  ) -> (isNow: Bool, isShort: Bool, words: String) {
    let isVersioned = bucket.versioning.value?.status == .enabled
    let verb = isVersioned ? "hidden" : "deleted"
    let older =
      !isVersioned
      ? ""
      : lifecycle.olderVersionDays.map { ", and gone \($0) days later" }
        ?? ", and kept as old versions"
    switch lifecycle.end {
    case .never: return (false, false, "no rule takes log files away")
    case .after(let days, let rule):
      let unit = days == 1 ? "day" : "days"
      return (
        days <= 1, days < plan.retention.days,
        "\(verb) after \(days) \(unit)\(older) (rule \(rule))"
      )
    case .on(let time, let rule):
      return (
        time - now <= .hours(24), true, "all \(verb) on \(time.date)\(older) (rule \(rule))"
      )
    }
  }
}

extension ObjectLock.Retention {
  var inWords: String { years > 0 ? "\(years) years" : "\(days) days" }
}
