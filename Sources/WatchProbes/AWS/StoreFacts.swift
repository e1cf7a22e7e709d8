import CloudAPI
import WatchCore

/// What the posture probes of one account share: buckets and keys that several trails use are asked
/// for once a round.
final class StoreFacts: Sendable {
  private struct BucketPlace: Hashable, Sendable {
    var name: String
    var region: String
    var account: String
  }

  private struct Place: Hashable, Sendable {
    var name: String
    var region: String
  }

  let facts: AccountFacts
  private let buckets: SharedReading<BucketPlace, BucketReading>
  private let keys: SharedReading<Place, KeyReading>
  private let blocks: SharedReading<Place, Reading<PublicAccessBlock?>>
  private let organizations: SharedReading<String, Reading<OrganizationFacts?>>

  init(facts: AccountFacts) {
    self.facts = facts
    let client = facts.client
    buckets = SharedReading { place in
      await BucketReading.read(place.name, region: place.region, account: place.account, client)
    }
    keys = SharedReading { await KeyReading.read($0.name, region: $0.region, client) }
    blocks = SharedReading { place in
      await reading { () async throws(AWSError) in
        try await client.publicAccessBlock(account: place.name, region: place.region)
      }
    }
    organizations = SharedReading { _ in
      await reading { () async throws(AWSError) in try await client.organization() }
    }
  }

  /// - Parameter account: whose it is, if it is the trail's own.
  func bucket(
    _ name: String, region: String, account: String, at now: Timestamp
  ) async -> BucketReading {
    await buckets.value(BucketPlace(name: name, region: region, account: account), at: now)
  }

  func key(_ name: String, region: String, at now: Timestamp) async -> KeyReading {
    await keys.value(Place(name: name, region: region), at: now)
  }

  /// The four switches of our own account.
  func accountBlock(
    _ account: String, region: String, at now: Timestamp
  ) async -> Reading<PublicAccessBlock?> {
    await blocks.value(Place(name: account, region: region), at: now)
  }

  func organization(at now: Timestamp) async -> Reading<OrganizationFacts?> {
    await organizations.value("", at: now)
  }

  /// Twelve digits: whose keys we sign with.
  func ownAccount(at now: Timestamp) async -> String? {
    await facts.principal(at: now).flatMap(AccountName.of)
  }
}
