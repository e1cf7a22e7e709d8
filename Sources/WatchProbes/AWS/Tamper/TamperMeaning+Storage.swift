import CloudAPI
import WatchCore

/// What a change of bucket, key, role or log group comes to, by the record's own parameters.
enum TamperMeaning {}

extension TamperMeaning {
  /// Refuses the trail now: cut. Where that cannot be told it may be harmless.
  static func bucketPolicy(_ reading: TamperReading) -> TamperVerdict {
    guard let policy = BucketPolicy(reading.value("bucketPolicy")) else { return .changes }
    let refuses = Holds.any(
      reading.parts.map { part in
        part.writer.map { policy.refuses($0, at: reading.record.cause.at) } ?? .unknown
      }
    ).known
    return TamperVerdict(harm: refuses == true ? .cuts : .changes, refusesTrail: refuses)
  }

  /// Without a policy nothing lets CloudTrail in.
  static func noBucketPolicy(_ reading: TamperReading) -> TamperVerdict {
    TamperVerdict(harm: .cuts, refusesTrail: true)
  }

  /// The shortest expiration of a rule that reaches the trail's folder, against what must be kept.
  static func lifecycle(_ reading: TamperReading) -> TamperVerdict {
    let rules = reading.value("LifecycleConfiguration", "Rule")?.each ?? []
    let folders = reading.parts.map { $0.writer?.prefix ?? "" }
    let reaching = rules.filter { rule in
      guard rule.member("Status")?.word != "Disabled" else { return false }
      let filter = rule.member("Filter")
      let prefix =
        rule.member("Prefix")?.word ?? filter?.member("Prefix")?.word
        ?? filter?.member("And")?.member("Prefix")?.word ?? ""
      return folders.isEmpty || folders.contains { $0.hasPrefix(prefix) || prefix.hasPrefix($0) }
    }
    if reaching.contains(where: { $0.member("Expiration")?.member("Date") != nil }) {
      return .shrinks("objects expire at a date")
    }
    let days = reaching.flatMap { rule in
      [
        rule.member("Expiration")?.member("Days")?.word,
        rule.member("NoncurrentVersionExpiration")?.member("NoncurrentDays")?.word,
      ]
    }.compactMap { $0.flatMap(Int.init) }
    guard let shortest = days.min() else { return .changes("no expiration") }
    let text = "objects expire after \(shortest) days"
    return shortest < reading.retentionDays ? .shrinks(text) : .changes(text)
  }

  static func versioning(_ reading: TamperReading) -> TamperVerdict {
    let status = reading.text("VersioningConfiguration", "Status") ?? ""
    let deletion =
      reading.text("VersioningConfiguration", "MfaDelete")
      ?? reading.text("VersioningConfiguration", "MFADelete")
    if status == "Suspended" { return .shrinks("versioning Suspended") }
    if deletion == "Disabled" { return .shrinks("versioning \(status), MFA delete Disabled") }
    return status == "Enabled" ? .widens("versioning Enabled") : .changes
  }

  static func publicAccess(_ reading: TamperReading) -> TamperVerdict {
    let names = [
      "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets",
    ]
    let set = names.map { reading.flag("PublicAccessBlockConfiguration", $0) }
    let off = zip(names, set).filter { $0.1 == false }.map { "\($0.0) false" }
    if !off.isEmpty { return TamperVerdict(harm: .shrinks, difference: off) }
    return set.allSatisfy { $0 == true } ? .widens("all four switches on") : .changes
  }

  /// Groups that are everybody, by their URIs or as a canned ACL.
  static func bucketACL(_ reading: TamperReading) -> TamperVerdict {
    let text = reading.record.parameters?.text ?? ""
    for word in ["public-read-write", "public-read", "global/AllUsers", "AuthenticatedUsers"]
    where text.contains(word) { return .shrinks("granted to everybody: \(word)") }
    return text.contains("authenticated-read") ? .shrinks("authenticated-read") : .changes
  }

  static func objectLock(_ reading: TamperReading) -> TamperVerdict {
    let retention = reading.value("ObjectLockConfiguration", "Rule", "DefaultRetention")
    guard let retention else {
      return reading.value("ObjectLockConfiguration") == nil
        ? .changes : .shrinks("no default retention")
    }
    let days = retention.member("Days")?.word.flatMap(Int.init)
    let years = retention.member("Years")?.word.flatMap(Int.init)
    let span = days.map { "\($0) days" } ?? years.map { "\($0) years" } ?? "no time"
    return .changes("object lock \(retention.member("Mode")?.word ?? "without a mode"), \(span)")
  }

  static func objectRetention(_ reading: TamperReading) -> TamperVerdict {
    let text = (reading.record.parameters?.text ?? "").lowercased()
    return text.contains("bypass-governance")
      ? .shrinks("governance bypassed") : .changes
  }

  static func legalHold(_ reading: TamperReading) -> TamperVerdict {
    reading.text("LegalHold", "Status") == "OFF" ? .shrinks("legal hold OFF") : .changes
  }

  static func accessLogging(_ reading: TamperReading) -> TamperVerdict {
    guard let status = reading.value("BucketLoggingStatus") else { return .changes }
    return status.member("LoggingEnabled") == nil
      ? .shrinks("access logging off") : .widens("access logging on")
  }

  /// CloudTrail does not write to buckets whose requester pays (CloudTrail User Guide).
  static func requestPayment(_ reading: TamperReading) -> TamperVerdict {
    switch reading.text("RequestPaymentConfiguration", "Payer") {
    case "Requester"?: .cuts("Requester pays")
    case "BucketOwner"?: .widens("BucketOwner pays")
    default: .changes
    }
  }

  /// A data event: an object among the trail's, or not.
  static func deletedObject(_ reading: TamperReading) -> TamperVerdict {
    guard let key = reading.text("key") else { return .shrinks("an object deleted") }
    let short = PlainLine.make(key.cut(200), limit: 200)
    let isLog = key.contains("AWSLogs/")
    return isLog ? .shrinks("deleted \(short)") : .changes("deleted \(short)")
  }

  static func keyDeletion(_ reading: TamperReading) -> TamperVerdict {
    .cuts("deleted in \(reading.number("pendingWindowInDays") ?? 30) days, unusable at once")
  }

  /// `kms:GenerateDataKey` is what CloudTrail needs of its key (CloudTrail User Guide, "Configure
  /// AWS KMS key policies for CloudTrail").
  static func keyPolicy(_ reading: TamperReading) -> TamperVerdict {
    switch ServicePolicy(reading.value("policy"))?.lets("kms:GenerateDataKey") {
    case .no: .cuts("CloudTrail is shut out")
    default: .changes
    }
  }

  static func retention(_ reading: TamperReading) -> TamperVerdict {
    guard let days = reading.number("retentionInDays") else { return .changes }
    let text = "events kept for \(days) days"
    return days < reading.retentionDays ? .shrinks(text) : .changes(text)
  }

  static func deletionProtection(_ reading: TamperReading) -> TamperVerdict {
    switch reading.flag("deletionProtectionEnabled") {
    case false?: .shrinks("deletion protection off")
    case true?: .widens("deletion protection on")
    case nil: .changes
    }
  }

  static func accountPolicy(_ reading: TamperReading) -> TamperVerdict {
    let type = reading.text("policyType") ?? "a policy"
    return type == "DATA_PROTECTION_POLICY"
      ? .shrinks("fields of all groups are masked") : .changes("\(type.cut(60)) for all groups")
  }
}

/// Whether the role lets CloudTrail write to the log group.
extension TamperMeaning {
  static func detachedPolicy(_ reading: TamperReading) -> TamperVerdict {
    .shrinks("without \(reading.text("policyArn")?.cut(120) ?? "one of its policies")")
  }

  static func deletedRolePolicy(_ reading: TamperReading) -> TamperVerdict {
    .shrinks("without \(reading.text("policyName")?.cut(120) ?? "one of its policies")")
  }

  /// One of several policies: what it denies cuts, what it leaves out may stand elsewhere.
  static func rolePolicy(_ reading: TamperReading) -> TamperVerdict {
    let policy = ServicePolicy(reading.value("policyDocument"))
    return policy?.denies("logs:PutLogEvents") == .yes
      ? .cuts("logs:PutLogEvents is denied") : .changes
  }

  static func attachedPolicy(_ reading: TamperReading) -> TamperVerdict {
    let policy = reading.text("policyArn") ?? ""
    return policy.hasSuffix("/AWSDenyAll") ? .cuts("AWSDenyAll") : .changes(policy.cut(120))
  }

  static func roleTrust(_ reading: TamperReading) -> TamperVerdict {
    switch ServicePolicy(reading.value("policyDocument"))?.lets("sts:AssumeRole") {
    case .no: .cuts("CloudTrail may not take the role")
    default: .changes
    }
  }

  static func boundary(_ reading: TamperReading) -> TamperVerdict {
    .shrinks("bounded by \(reading.text("permissionsBoundary")?.cut(120) ?? "a policy")")
  }
}
