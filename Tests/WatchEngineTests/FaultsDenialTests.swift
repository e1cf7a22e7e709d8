import Testing
import WatchCore
import WatchEngine
import WatchProbes

/// A right that is missing makes exactly what needs it blind, and nothing green.
struct FaultsDenialTests {
  /// Where a probe sees as much as before, and why.
  static let spare: Set<String> = [
    // Whose calls are our own is all that STS tells: without it our own writes would count.
    "aws.history GetCallerIdentity", "aws.regions GetCallerIdentity",
    // Whose keys these are is remembered for an hour.
    "aws.posture.store GetCallerIdentity",
    // The pipeline's parts are known from before; the trail's own path is blind meanwhile.
    "aws.history DescribeTrails",
    // The alert path's checks need none of these: they tell whose trail it is, when something came
    // last, and where else the group's events go, for the graph alone.
    "aws.alertpath GetCallerIdentity", "aws.alertpath GetTrailStatus",
    "aws.alertpath DescribeSubscriptionFilters",
    // Whose calls ours are does not change, and is remembered.
    "aws.echo GetCallerIdentity", "aws.group GetCallerIdentity",
    // A call that came back proves the trail without its selectors; without one nothing is missing.
    "aws.echo GetEventSelectors",
  ]

  @Test(arguments: [FaultsKind.denied, .garbage])
  func aDeniedCallDimsWhatNeedsIt(_ kind: FaultsKind) async throws {
    let names = try FaultsEstate().probes.map(\.id)
    for name in names {
      let healthy = try await look(name, nil, nil)
      // A trail without a log group has no such path, and nothing there can be dimmed.
      if healthy.isEmpty { continue }
      for operation in try await operations(of: name).sorted() {
        let dimmed = try await look(name, kind, operation)
        for (path, before) in healthy {
          let seen = try #require(dimmed[path], "\(name) without \(operation) forgets \(path.text)")
          #expect(seen.lies(beside: before) == [], "\(name) without \(operation), \(path.text)")
        }
        let shows = dimmed.contains { $0.value.isDimmed && healthy[$0.key]?.isDimmed != true }
        let call = "\(name.prefix { $0 != " " }) \(operation)"
        #expect(shows != Self.spare.contains(call), "\(name) without \(operation)")
      }
    }
  }

  private func operations(of name: String) async throws -> Set<String> {
    let estate = try FaultsEstate()
    let probe = try #require(estate.probes.first { $0.id == name })
    _ = await estate.look(probe, 0)
    return estate.cloud.asked
  }

  /// A look of a watch that has lost that right since its first.
  private func look(
    _ name: String, _ kind: FaultsKind?, _ operation: String?
  ) async throws -> [PathID: Look.Result] {
    let estate = try FaultsEstate()
    let probe = try #require(estate.probes.first { $0.id == name })
    _ = await estate.look(probe, 0)
    estate.cloud.fail(kind, operation)
    let report = await estate.look(probe, estate.later(probe))
    return Dictionary(report.looks.map { ($0.path, $0.result) }, uniquingKeysWith: { $1 })
  }
}
