import WatchCore

/// What the posture catalogue asks of a log bucket's policy.
extension PolicyDocument {
  /// Whether CloudTrail may look at the bucket's ACL, as it does before it trusts a bucket.
  func allowsACLCheck(_ writer: LogWriter) -> Holds {
    var more = writer.context
    more["s3:x-amz-acl"] = .absent
    return allows(.cloudTrail(writer.arn, "s3:GetBucketAcl", on: writer.bucketARN, more: more))
  }

  /// Whether a trail of somebody else's could write here too: the reason for aws:SourceArn. The
  /// path does not bind it, since a trail's owner chooses its prefix.
  func allowsForeignTrail(_ writer: LogWriter, at time: Timestamp) -> Holds {
    let own = writer.write(of: writer.object(in: nil, at: time))
    var foreign = own
    foreign.context = { key in
      switch key {
      case "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths":
        .foreign(orAbsent: false)
      default: own.context(key)
      }
    }
    return allows(foreign)
  }

  /// Where plain http is not refused, in words; empty: nowhere. With whether that is certain.
  func plainHTTPGaps(_ writer: LogWriter, at time: Timestamp) -> (open: [String], unsure: [String])
  {
    let objects = [
      ("log files", writer.object(in: nil, at: time)),
      ("other objects", "\(writer.bucketARN)/watchkeeper-sample"),
    ]
    var open: [String] = []
    var unsure: [String] = []
    func ask(_ actions: [String], _ name: String, _ resource: String) {
      let answers = actions.map { ($0, denies(.plainHTTP($0, on: resource))) }
      let missing = answers.filter { $0.1 == .no }.map(\.0)
      if missing.count == actions.count {
        open.append(name)
      } else if !missing.isEmpty {
        open.append("\(missing[0]) of \(name)")
      } else if answers.contains(where: { $0.1 == .unknown }) {
        unsure.append(name)
      }
    }
    for (name, resource) in objects { ask(Self.objectActions, name, resource) }
    ask(Self.bucketActions, "the bucket itself", writer.bucketARN)
    return (open, unsure)
  }

  /// What a stranger is allowed, action by action; `maybe` where conditions cannot be told.
  func openToStrangers(_ writer: LogWriter, at time: Timestamp) -> (open: [String], maybe: [String])
  {
    let resources = [
      (Self.objectActions, writer.object(in: nil, at: time)),
      (Self.objectActions, "\(writer.bucketARN)/watchkeeper-sample"),
      (Self.bucketActions, writer.bucketARN),
    ]
    let answers = resources.flatMap { actions, resource in
      actions.map { ($0, allows(.outsider($0, on: resource))) }
    }
    return (
      Set(answers.filter { $0.1 == .yes }.map(\.0)).sorted(),
      Set(answers.filter { $0.1 == .unknown }.map(\.0)).sorted()
    )
  }

  /// Whom it lets delete log files, or the rules that keep them. The owner's own account as a whole
  /// is not counted: that only says that its IAM policies decide.
  func erasers(_ writer: LogWriter, at time: Timestamp, owner: String?) -> [PolicyGrant] {
    let objects = grants(
      ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention"],
      on: [writer.object(in: nil, at: time)])
    let bucket = grants(
      ["s3:PutLifecycleConfiguration", "s3:PutBucketVersioning", "s3:DeleteBucket"],
      on: [writer.bucketARN])
    return (objects + bucket).compactMap { grant in
      var grant = grant
      grant.principals.removeAll { AccountName.isWhole($0, of: owner ?? writer.arn.account) }
      return grant.principals.isEmpty ? nil : grant
    }
  }

  /// What people do with objects and with buckets; each stands for its kind.
  private static let objectActions = [
    "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject",
    "s3:DeleteObjectVersion",
  ]
  private static let bucketActions = [
    "s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketAcl", "s3:PutBucketPolicy",
    "s3:PutLifecycleConfiguration",
  ]
}

/// How policies name an account as a whole.
enum AccountName {
  static func isWhole(_ principal: String, of account: String) -> Bool {
    principal == account
      || principal.hasPrefix("arn:") && principal.hasSuffix(":iam::\(account):root")
  }

  /// The account that a principal belongs to; nil for services, `*` and canonical users.
  static func of(_ principal: String) -> String? {
    if LogLayout.isAccount(principal) { return principal }
    let parts = principal.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 6, parts[0] == "arn", LogLayout.isAccount(parts[4]) else { return nil }
    return String(parts[4])
  }
}
