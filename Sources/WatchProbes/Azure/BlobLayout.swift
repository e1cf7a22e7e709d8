import CloudAPI
import WatchCore

/// Where a diagnostic setting puts blobs in a storage account ("Azure resource logs, send to Azure
/// Storage"): by the whole id in capitals, then by the UTC hour in which the events were *received*;
/// `m=` stands for the month and again for the minute, which is always 00:
/// `resourceId=/SUBSCRIPTIONS/0F0F…/y=2026/m=11/d=20/h=09/m=00/PT1H.json`.
struct BlobLayout: Hashable, Sendable {
  /// `insights-activity-logs`; `insights-logs-auditevent`.
  var container: String
  /// A subscription, or a resource.
  var scope: AzureID

  static let activityLog = "insights-activity-logs"

  static func container(category: String) -> String { "insights-logs-\(category.lowercased())" }

  var root: String { "resourceId=\(scope.text.uppercased())/" }

  /// Of a time's UTC day.
  func day(_ time: Timestamp) -> String {
    let parts = time.date.split(separator: "-")
    guard parts.count == 3 else { return root }
    return "\(root)y=\(parts[0])/m=\(parts[1])/d=\(parts[2])/"
  }

  /// Whether a name is a log blob's: others in the container prove nothing.
  func isLog(_ name: String) -> Bool {
    name.lowercased().hasPrefix(root.lowercased()) && name.hasSuffix(".json")
  }
}

/// Finds the newest blob of one layout.
struct BlobFinder: Sendable {
  let client: AzureClient
  let place: BlobPlace
  let layout: BlobLayout

  /// A day has 24 blobs: far more than any page size needs.
  private static let pageLimit = 60

  /// Days without a blob are skipped by asking for the newest year, month and day that there are.
  func newest(at now: Timestamp, everSeen: Bool) async throws(Blindness) -> Arrival {
    // Midnight is everybody's: yesterday's last blob may be younger than today's first.
    var arrival = try await arrival(layout.day(now), now)
    let yesterday = try await self.arrival(layout.day(now - .hours(24)), now)
    arrival = arrival.merged(yesterday)
    if arrival.newest != nil || everSeen { return arrival }
    guard let old = try await newestDay() else { return arrival }
    return arrival.merged(try await self.arrival(old, now))
  }

  private func arrival(_ prefix: String, _ now: Timestamp) async throws(Blindness) -> Arrival {
    let listing = try await list(prefix, nil)
    var arrival = Arrival(newest: nil, name: place.container)
    for blob in listing.blobs where layout.isLog(blob.name) {
      guard let at = Timestamp(blob.lastModified) else { continue }
      guard at <= now + Heartbeat.ahead else {
        arrival.futureDated += 1
        continue
      }
      arrival.count += 1
      if arrival.newest.map({ at > $0 }) ?? true {
        arrival.newest = at
        arrival.record = PlainLine.make(blob.name, limit: 500)
      }
    }
    return arrival
  }

  /// Nil where the subscription never wrote a blob here.
  private func newestDay() async throws(Blindness) -> String? {
    var prefix = layout.root
    for part in ["y=", "m=", "d="] {
      let found = try await list(prefix, "/").prefixes
        .filter { $0.hasPrefix(prefix + part) && $0.hasSuffix("/") }
      guard let last = found.max() else { return nil }
      prefix = last
    }
    return prefix
  }

  private func list(
    _ prefix: String, _ delimiter: String?
  ) async throws(Blindness) -> BlobListing {
    let listing: BlobListing
    do {
      listing = try await client.listBlobs(
        place, prefix: prefix, delimiter: delimiter, limitPages: Self.pageLimit)
    } catch .service(let error) where error.code == "ContainerNotFound" {
      // Azure makes the container with the first blob.
      return BlobListing()
    } catch {
      throw Blindness(error)
    }
    if listing.isCut { throw .bound("List Blobs: more than \(Self.pageLimit) pages for a day") }
    return listing
  }
}

extension Arrival {
  /// The newer of two looks at parts of the same.
  func merged(_ other: Arrival) -> Arrival {
    var newer = (newest?.millis ?? .min) >= (other.newest?.millis ?? .min) ? self : other
    newer.count = count + other.count
    newer.futureDated = futureDated + other.futureDated
    return newer
  }
}
