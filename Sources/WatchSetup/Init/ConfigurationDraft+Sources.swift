import CloudAPI
import WatchCore

extension ConfigurationDraft {
  var sources: [String] {
    guard !usable.isEmpty else {
      return [
        "  // NO TRAIL WAS FOUND: nothing records what is done in this account for longer than the",
        "  // 90 days of Event history. Make one first (CloudTrail console, \"Create trail\").",
        "  sources: [],",
      ]
    }
    return ["  sources: ["] + usable.flatMap(source) + ["  ],"]
  }

  /// Those whose ARN a configuration can name.
  private var usable: [Findings.FoundTrail] {
    findings.trails.filter { ARN($0.trail.arn)?.resource.hasPrefix("trail/") == true }
  }

  private func source(_ found: Findings.FoundTrail) -> [String] {
    var lines = ["    {"] + facts(found).map { Self.comment($0).indented(6) }
    lines.append("      id: \(Self.quoted("aws/\(accountName)/\(name(of: found))")),")
    lines.append("      trail: \(Self.quoted(found.trail.arn)),")
    lines += [
      "      // Proves an idle account alive: the watch's own calls are looked for in the logs. It needs",
      "      // a trail that records read events, and reads log objects.",
      "      // echo: true,", "    },",
    ]
    return lines
  }

  /// A trail's own name; with its region where another one has the same.
  private func name(of found: Findings.FoundTrail) -> String {
    let arn = ARN(found.trail.arn)
    let name = String(arn?.resource.dropFirst(6) ?? "trail")
    let same = usable.filter { ARN($0.trail.arn)?.resource == arn?.resource }
    guard same.count > 1 else { return name }
    let owner = same.contains { ARN($0.trail.arn)?.region == arn?.region && $0 != found }
    return "\(name)-\(arn?.region ?? "")" + (owner ? "-\(arn?.account ?? "")" : "")
  }

  private func facts(_ found: Findings.FoundTrail) -> [String] {
    let trail = found.trail
    var facts = ["found by DescribeTrails in \(found.seenFrom)"]
    if trail.isOrganization == true {
      let isOurs = ARN(trail.arn)?.account == findings.identity.account
      facts.append(
        isOurs
          ? "an organization's trail: it records every member account"
          : "an organization's trail of account \(ARN(trail.arn)?.account ?? "?"), managed there")
    }
    facts.append(trail.isMultiRegion == true ? "records all regions" : "records one region alone")
    if let bucket = trail.s3BucketName {
      let prefix = trail.s3KeyPrefix.map { "/\($0)" } ?? ""
      facts.append(
        "writes to bucket \(bucket)\(prefix), "
          + (found.bucketRegion.map { "in \($0)" } ?? "whose region S3 did not tell"))
    }
    facts.append(
      trail.logGroupARN.map { "writes to log group \($0)" } ?? "writes to no log group")
    facts.append(
      trail.validatesLogFiles == true
        ? "signs hourly digests" : "signs NO digests: log file validation is off")
    if let key = trail.kmsKeyID { facts.append("encrypts with \(key)") }
    switch found.isLogging {
    case true?: facts.append("is logging")
    case false?: facts.append("is NOT LOGGING: the watch will say so at once")
    case nil: facts.append("its status could not be read")
    }
    return facts
  }

  /// What could not be seen, and what watching would cost.
  func foot(_ bill: CallBill?) -> [String] {
    var lines = DraftPieces.unseen(findings.unseen)
    if let bill { lines += Self.cost(bill).map { Self.comment($0) } }
    return lines
  }

  /// The bill in words, for the file and for the terminal.
  public static func cost(_ bill: CallBill) -> [String] {
    let list = PriceList.aws
    return [
      "The watch's own calls in \(bill.account): \(bill.callsPerMonth) a month, about "
        + "$\(money(bill.dollars)), at prices of \(list.region) as of \(list.asOf)"
        + (list.isVerified ? "" : ", not verified") + " (docs/cost.md)"
    ]
      + bill.lines.filter { $0.dollars >= 0.005 }.map {
        "  \($0.what): \($0.callsPerMonth) calls, $\(money($0.dollars))"
      }
  }

  /// Dollars with two places.
  static func money(_ dollars: Double) -> String {
    let cents = Int((min(dollars, 1e12) * 100).rounded())
    return "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
  }
}
