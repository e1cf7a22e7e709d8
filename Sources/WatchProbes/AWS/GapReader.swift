import CloudAPI
import Crypto
import WatchCore

/// Compares what Event history holds of a silent time with what has come down the trail, by event id.
///
/// Nothing is guessed: *lost* stays 0, since no witness can prove that something happened which
/// nobody holds; what could not be compared is named as unproven.
struct GapReader: Sendable {
  let facts: AccountFacts
  let sources: [SourcePlan]

  /// Log files of a time are named up to this long after it.
  private static let lag = Duration.minutes(20)
  private static let pageLimit = 40
  private static let objectLimit = 120
  private static let objectBytes = 50 << 20

  var probe: GapProbe {
    GapProbe(
      permissions: [
        "cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors", "cloudtrail:LookupEvents",
        "s3:GetObject", "s3:ListBucket",
      ]
    ) { question, now in
      do throws(Blindness) {
        return .account(try await account(question, at: now))
      } catch {
        return .blind(error)
      }
    }
  }

  private func account(
    _ question: GapProbe.Question, at now: Timestamp
  ) async throws(Blindness) -> GapAccount {
    if question.source == AWSProbes.regionsSource(facts.account.name) {
      return answer(
        question, late: 0, try await history(question, owedBy: nil), ["data events"], at: now)
    }
    guard let plan = sources.first(where: { $0.id == question.source }) else {
      throw Blindness(kind: .missing, detail: "no such source")
    }
    guard let trail = try await facts.trail(plan, at: now, maxAge: .minutes(15)),
      let bucket = trail.s3BucketName
    else { throw Blindness(kind: .missing, detail: "DescribeTrails: no such trail") }
    let place = AccountFacts.Place(arn: trail.arn, region: facts.homeRegion(of: plan))
    let selectors = try? await facts.selectors(place, at: now, maxAge: .minutes(15))
    let history = try await history(question, owedBy: selectors)
    let files = try await files(question, trail, bucket)
    return answer(
      question, late: history.ids.intersection(files.ids).count, history,
      beyond(trail, selectors) + files.unread, at: now)
  }

  private func answer(
    _ question: GapProbe.Question, late: Int, _ history: Side, _ unproven: [String],
    at now: Timestamp
  ) -> GapAccount {
    let unproven = unproven + history.unread
    return GapAccount(
      from: question.from, to: question.to, deliveredLate: late,
      recovered: history.ids.count - late, lost: 0, unproven: unproven.count,
      witness: "Event history \(question.region), read \(now.clock)",
      unprovenWhat: unproven.joined(separator: "; "))
  }

  /// What the trail records and Event history never holds.
  private func beyond(_ trail: Trail, _ selectors: EventSelectors?) -> [String] {
    let kinds = selectors?.beyondHistory ?? ["data events (selectors not read)"]
    return kinds + (trail.hasInsightSelectors == true ? ["Insights events"] : [])
  }

  private struct Side {
    var ids: Set<String> = []
    /// What was not read, in words.
    var unread: [String] = []
  }

  /// The management events of the time that the trail owed us; without selectors, all.
  private func history(
    _ question: GapProbe.Question, owedBy selectors: EventSelectors?
  ) async throws(Blindness) -> Side {
    let attribute: LookupAttribute?
    switch selectors?.management {
    case "write": attribute = .writeEvents
    case "read": attribute = LookupAttribute(key: "ReadOnly", value: "true")
    case "none": return Side()
    default: attribute = nil
    }
    let passedOver = selectors?.excludedSources ?? []
    let history = try await blindly { () async throws(AWSError) in
      await facts.pace.turn(question.region)
      return try await facts.client.lookupEvents(
        region: question.region, attribute: attribute, start: question.from.foundationDate,
        end: question.to.foundationDate, pageLimit: Self.pageLimit)
    }
    // What ended the gap comes after it: LookupEvents counts both ends in, to the second.
    let end = question.to.foundationDate
    let owed = history.events.filter {
      !passedOver.contains($0.eventSource ?? "") && $0.eventTime < end
    }
    var side = Side(ids: Set(owed.map(\.eventID)))
    if history.isCut, let oldest = history.events.compactMap({ Timestamp($0.eventTime) }).min() {
      side.unread = ["management events before \(oldest.clock)"]
    }
    return side
  }

  /// The events in the log files that could hold them.
  private func files(
    _ question: GapProbe.Question, _ trail: Trail, _ bucket: String
  ) async throws(Blindness) -> Side {
    let home = TrailARN(trail.arn)
    let lister = FolderLister(
      client: facts.client, bucket: bucket, region: home?.homeRegion ?? question.region)
    let owner = home?.account ?? ""
    var organization: String?
    if trail.isOrganization == true {
      organization = try await lister.members(prefix: trail.s3KeyPrefix)
        .first { $0.account == owner }?.organization
    }
    let layout = LogLayout(
      prefix: trail.s3KeyPrefix, organization: organization, account: owner,
      region: question.region)
    let end = question.to + Self.lag
    let objects = try await lister.objects(layout, from: question.from, to: end)
      .filter { $0.stamp <= end }
    var side = Side()
    if objects.count > Self.objectLimit {
      side.unread = ["\(objects.count - Self.objectLimit) log files not opened"]
    }
    let read = await inParallel(Array(objects.prefix(Self.objectLimit)), width: 4) { object in
      await Self.ids(object.key, bucket, facts.client)
    }
    for result in read { side.ids.formUnion(try result.get()) }
    return side
  }

  private static func ids(
    _ key: String, _ bucket: String, _ client: AWSClient
  ) async -> Result<Set<String>, Blindness> {
    do throws(Blindness) {
      let stored = try await blindly { () async throws(AWSError) in
        try await client.getObject(bucket: bucket, key: key, limitBytes: objectBytes)
      }
      return .success(try LogFile.ids(stored))
    } catch {
      return .failure(error)
    }
  }
}

/// A log file as CloudTrail stores it: gzip around an object with a Records array.
enum LogFile {
  /// Inflated, in bytes; a file of 50 MB stays below.
  private static let limit = 512 << 20

  static func ids(_ stored: [UInt8]) throws(Blindness) -> Set<String> {
    let bytes = try inflated(stored)
    guard let records = (try? JSONReader.read(bytes))?["Records"]?.array else {
      throw Blindness(kind: .unreadable, detail: "GetObject: a log file has no Records")
    }
    return Set(records.compactMap { $0["eventID"]?.string })
  }

  static func inflated(_ stored: [UInt8]) throws(Blindness) -> [UInt8] {
    do {
      return try Gunzip.inflate(stored, limit: limit)
    } catch {
      throw Blindness(kind: .unreadable, detail: "GetObject: a log file is no whole gzip file")
    }
  }
}
