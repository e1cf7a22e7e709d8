import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct GCPRegionProbeTests {
  private static let stray = "projects/lab-9"
  private static let projects = gcpList(
    "projects", project("acme-1", "1"), project("acme-2", "2"), project("lab-9", "9"),
    project("old-8", "8", state: "DELETE_REQUESTED"))

  private static func project(_ id: String, _ number: String, state: String = "ACTIVE") -> String {
    #"{"projectId":"\#(id)","name":"projects/\#(number)","state":"\#(state)"}"#
  }

  private static func sinks(_ sinks: String...) -> String {
    let own = acmeSink("_Required", to: "logging.googleapis.com/x", of: stray)
    return #"{"sinks":[\#(([own] + sinks).joined(separator: ","))]}"#
  }

  private func cloud(_ sinks: String = GCPRegionProbeTests.sinks()) -> CannedGCP {
    let cloud = CannedGCP()
    cloud.set("/v3/projects:search", Self.projects)
    cloud.set("/lab-9/sinks inherited", sinks)
    cloud.set(
      "entries projects/lab-9 ",
      gcpList(
        "entries", acmeEntry("v1.compute.instances.insert", at: -60, project: "lab-9"),
        acmeEntry("v1.compute.instances.insert", at: -90, project: "lab-9"),
        acmeEntry(
          "x", at: -100, by: "service-9@compute-system.iam.gserviceaccount.com", project: "lab-9"),
        acmeEntry(
          "x", at: -110, by: "9@cloudservices.gserviceaccount.com", project: "lab-9")))
    return cloud
  }

  private func look(
    _ cloud: CannedGCP, account: CloudAccount = .acme
  ) async throws -> [String: Look.Result] {
    let probe = try #require(cloud.probes(account: account).named("gcp.regions"))
    return await probe.look(three).results
  }

  @Test func `a stray project with work in it`() async throws {
    let cloud = cloud()
    let seen = try await look(cloud)
    #expect(Set(seen.keys) == ["region ALL-PROJECTS", "region lab-9"])
    let stray = try #require(seen["region lab-9"]?.region)
    #expect(stray.covering == [] && stray.trails == [] && stray.activity == 2)
    #expect(stray.activeSince == three - .seconds(90) && stray.first?.region == "lab-9")
    #expect(stray.latest?.action == "v1.compute.instances.insert")
    #expect(seen["region ALL-PROJECTS"]?.region?.covering.isEmpty == false)
    #expect(seen["region ALL-PROJECTS"]?.region?.listed == ["ALL-PROJECTS", "lab-9"])
  }

  /// Sinks, and whether they cover it.
  @Test(arguments: [
    (acmeSink("own", of: stray), true),
    (acmeSink("own", of: stray, more: #","disabled":true"#), false),
    (acmeSink("own", filter: "severity>=CRITICAL", of: stray), false),
    (acmeSink("org", of: "organizations/7", more: #","includeChildren":true"#), true),
    (
      acmeSink(
        "org", of: "folders/7",
        more: #","includeChildren":true,"exclusions":[{"name":"x","filter":"severity>=NOTICE"}]"#),
      false
    ),
    (acmeSink("org", of: "organizations/7"), false),
  ])
  func `what covers a project`(_ sink: String, _ covers: Bool) async throws {
    let cloud = cloud(Self.sinks(sink))
    let seen = try #require(try await look(cloud)["region lab-9"]?.region)
    #expect(seen.covering.isEmpty != covers)
    // Where something covers it, nobody asks who works there.
    #expect(cloud.count("entries projects/lab-9 ") == (covers ? 0 : 1))
  }

  @Test func `watched by its number is watched`() async throws {
    var account = CloudAccount.acme
    account.gcp?.units.append(CloudUnit(id: "projects/9", label: "nine"))
    #expect(Set(try await look(cloud(), account: account).keys) == ["region ALL-PROJECTS"])
  }

  @Test func `each project's refusal is its own, and the list's is told`() async throws {
    let cloud = cloud()
    cloud.refuse("/lab-9/sinks inherited")
    let seen = try await look(cloud)
    #expect(seen["region lab-9"]?.blindness?.kind == .denied)
    #expect(seen["region ALL-PROJECTS"]?.region != nil)
    cloud.refuse("/v3/projects:search")
    let blind = try await look(cloud)
    #expect(Set(blind.keys) == ["region ALL-PROJECTS"])
    #expect(blind["region ALL-PROJECTS"]?.blindness?.kind == .denied)
  }

  @Test func `a list without a project that is watched is not whole`() async throws {
    let cloud = cloud()
    cloud.set(
      "/v3/projects:search",
      gcpList("projects", Self.project("acme-1", "1"), Self.project("lab-9", "9")))
    let seen = try await look(cloud)
    let why = try #require(seen["region ALL-PROJECTS"]?.blindness)
    #expect(why.kind == .denied)
    #expect(why.detail.contains("projects/acme-2: needs resourcemanager.projects.get"))
    #expect(seen["region lab-9"]?.region != nil)
    // Who watches folders alone knows of none.
    var account = CloudAccount.acme
    account.gcp?.units = [CloudUnit(id: "folders/9", label: "nine")]
    cloud.set("/v3/projects:search", "{}")
    let none = try await look(cloud, account: account)
    #expect(none["region ALL-PROJECTS"]?.blindness?.kind == .undecided)
  }
}
