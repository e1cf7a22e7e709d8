import CloudAPI
import WatchCore
import WatchProbes

extension Inventory {
  /// The configuration's parts, and those that the account itself names when it is asked: reads
  /// alone, by whatever credentials the configuration leads to.
  ///
  /// - Parameter probes: the account's; those of the posture are run once, for the parts they see.
  public static func asked(
    account: CloudAccount, sources: [SourcePlan], client: AWSClient, probes: [Probe],
    at now: Timestamp
  ) async -> Inventory {
    var inventory = Inventory(account: account, sources: sources)
    let own = sources.filter { $0.id.cloud == .aws && $0.id.account == account.name }
    await inventory.askTrails(own, client)
    guard inventory.unseen.isEmpty else { return inventory }
    for probe in probes where probe.paths.contains(where: { $0.kind == .posture }) {
      for look in await probe.look(now).looks {
        if case .saw(.posture(let sighting)) = look.result { inventory.add(sighting.pipeline) }
      }
    }
    return inventory
  }

  private mutating func askTrails(_ sources: [SourcePlan], _ client: AWSClient) async {
    let home = (try? client.homeRegion()) ?? "us-east-1"
    let regions = Set(sources.map { ARN($0.trail)?.region ?? home })
    for region in regions.sorted() {
      do throws(AWSError) {
        let trails = try await client.describeTrails(region: region)
        for source in sources where (ARN(source.trail)?.region ?? home) == region {
          guard
            let trail = trails.first(where: { $0.arn == source.trail || $0.name == source.trail })
          else {
            unseen.append("\(region): there is no trail \(source.trail)")
            continue
          }
          add(trail)
        }
      } catch {
        unseen.append(error.plain)
        // Without credentials or a way there, the next region says the same.
        return
      }
    }
  }
}
