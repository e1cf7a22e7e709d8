import Testing
import WatchCore

/// The counts of a cloud's panel: what is not covered is not counted as covered, and nothing twice.
struct CloudStatusTests {
  private static let source = SourceID(cloud: .gcp, account: "acme", name: "audit")
  private static let regions = SourceID(cloud: .gcp, account: "acme", name: "regions")

  private static func path(
    _ kind: PathKind, _ unit: String, _ state: HeartbeatState, member: String? = nil,
    reason: String = "", of source: SourceID = source
  ) -> PathStatus {
    PathStatus(
      id: PathID(source: source, kind: kind, region: unit, member: member), state: state,
      since: Timestamp(millis: 0), reason: reason)
  }

  private static func status(_ paths: [PathStatus]) -> CloudStatus {
    CloudStatus(cloud: .gcp, accounts: ["acme"], paths: paths, open: 0)
  }

  @Test func `a list that cannot be read adds no project`() {
    let status = Self.status([
      Self.path(.setting, "one", .blind), Self.path(.setting, "two", .blind),
      Self.path(.region, "ALL-PROJECTS", .blind, of: Self.regions),
      Self.path(.region, "one", .blind, of: Self.regions),
    ])
    #expect(status.regions == (0, 2))
  }

  @Test func `one that is in use and not watched counts, a watched one only once`() {
    let status = Self.status([
      Self.path(.setting, "one", .ok), Self.path(.setting, "two", .failing),
      Self.path(.region, "two", .notSetUp, of: Self.regions),
      Self.path(.region, "three", .notSetUp, of: Self.regions),
    ])
    #expect(status.regions == (1, 3))
  }

  @Test func `what comes by a sink that is gone is not delivering, whatever came last`() {
    let status = Self.status([
      Self.path(.setting, "one", .failing, reason: "audit-eu disabled"),
      Self.path(.export, "one", .ok, member: "audit-eu"),
      Self.path(.export, "one", .ok, member: "audit-us"),
      Self.path(.entries, "one", .ok), Self.path(.export, "two", .ok, member: "audit-eu"),
    ])
    #expect(status.delivering == (3, 4))
  }

  @Test func `a project with one setting gone of two is not covered`() {
    let other = SourceID(cloud: .gcp, account: "acme", name: "data")
    let status = Self.status([
      Self.path(.setting, "one", .failing), Self.path(.setting, "one", .ok, of: other),
    ])
    #expect(status.regions == (0, 1))
  }
}
