import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct RegionProbeTests {
  private let regions = ["ap-southeast-2", "eu-west-1", "us-east-1"]

  private func cloud() -> CannedCloud {
    CannedCloud([
      "DescribeTrails": { _ in trailList() },
      "DescribeTrails us-east-1": { _ in trailList(described()) },
      "DescribeTrails eu-west-1": { _ in trailList(described(name: "euw1", region: "eu-west-1")) },
      "GetTrailStatus": { _ in .json(#"{"IsLogging":true}"#) },
      "GetEventSelectors": { _ in .json(#"{"EventSelectors":[]}"#) },
      "LookupEvents": { _ in .json(#"{"Events":[]}"#) },
    ])
  }

  private func look(_ cloud: CannedCloud) async throws -> [String: Look.Result] {
    let probe = try #require(cloud.probes(sources: [.use1], regions: regions).named("aws.regions"))
    return await probe.look(three).results
  }

  @Test func `says what covers a region, and who works where nothing does`() async throws {
    let cloud = cloud()
    let events = [
      event("RunInstances", at: -60, "ec2", "{}"), event("CreateVpc", at: -900, "ec2", "{}"),
    ]
    cloud.set("LookupEvents ap-southeast-2") { _ in
      .json(#"{"Events":[\#(events.joined(separator: ","))]}"#)
    }
    let results = try await look(cloud)
    #expect(
      results["region us-east-1"]?.region
        == RegionSighting(covering: [SourcePlan.use1.trail], trails: ["use1"]))
    let bare = try #require(results["region ap-southeast-2"]?.region)
    #expect(bare.covering == [] && bare.trails == [])
    #expect(bare.activity == 2)
    #expect(bare.activeSince == three - .seconds(900))
    #expect(bare.first?.action == "CreateVpc" && bare.latest?.action == "RunInstances")
    #expect(bare.readFrom == three - .hours(24))
    #expect(
      Set(cloud.requests.filter { $0.operation == "LookupEvents" }.map(\.region)) == [
        "ap-southeast-2"
      ])
  }

  @Test func `a trail that is switched off covers nothing`() async throws {
    let cloud = cloud()
    cloud.set("GetTrailStatus eu-west-1") { _ in .json(#"{"IsLogging":false}"#) }
    let region = try await look(cloud)["region eu-west-1"]?.region
    #expect(region?.covering == [])
    #expect(region?.trails == ["euw1"])
  }

  @Test func `a trail for data events alone covers nothing`() async throws {
    let cloud = cloud()
    cloud.set("GetEventSelectors eu-west-1") { _ in
      .json(#"{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":false}]}"#)
    }
    let results = try await look(cloud)
    #expect(results["region eu-west-1"]?.region?.covering == [])
    #expect(results["region us-east-1"]?.region?.covering.count == 1)
  }

  @Test func `selectors that cannot be read leave their region unknown`() async throws {
    let cloud = cloud()
    cloud.set("GetEventSelectors us-east-1") { _ in .refusal("AccessDeniedException") }
    let results = try await look(cloud)
    #expect(results["region us-east-1"]?.blindness?.kind == .denied)
    #expect(results["region eu-west-1"]?.region?.covering.count == 1)
  }

  @Test func `unless another trail covers it`() async throws {
    let cloud = cloud()
    cloud.set("DescribeTrails eu-west-1") { _ in
      trailList(
        described(more: #","IsMultiRegionTrail":true"#),
        described(name: "euw1", region: "eu-west-1"))
    }
    cloud.set("GetEventSelectors us-east-1") { _ in .refusal("AccessDeniedException") }
    let region = try await look(cloud)["region eu-west-1"]?.region
    #expect(region?.covering == ["arn:aws:cloudtrail:eu-west-1:111122223333:trail/euw1"])
  }

  /// Its own account may not read the selectors of its organization's trail.
  @Test(arguments: ["AccessDeniedException", "TrailNotFoundException"])
  func `an organization's trail elsewhere is managed elsewhere`(_ code: String) async throws {
    let cloud = cloud()
    cloud.set("DescribeTrails us-east-1") { _ in
      trailList(described(more: #","IsOrganizationTrail":true"#))
    }
    cloud.set("GetEventSelectors us-east-1") { _ in .refusal(code) }
    cloud.set("GetCallerIdentity") { _ in .caller("444455556666") }
    #expect(try await look(cloud)["region us-east-1"]?.blindness?.kind == .elsewhere)
    cloud.set("GetCallerIdentity") { _ in .caller("111122223333") }
    #expect(try await look(cloud)["region us-east-1"]?.blindness?.kind == .denied)
  }

  @Test func `a shadow trail covers where it is multi-region, and only there`() async throws {
    let cloud = cloud()
    cloud.set("DescribeTrails ap-southeast-2") { _ in
      trailList(described(), described(name: "all", more: #","IsMultiRegionTrail":true"#))
    }
    let region = try await look(cloud)["region ap-southeast-2"]?.region
    #expect(region?.covering == ["arn:aws:cloudtrail:us-east-1:111122223333:trail/all"])
  }

  @Test func `what cannot be read is blind in its region alone`() async throws {
    let cloud = cloud()
    cloud.set("DescribeTrails eu-west-1") { _ in .html }
    cloud.set("LookupEvents ap-southeast-2") { _ in .refusal("ThrottlingException") }
    cloud.set("GetTrailStatus us-east-1") { _ in .refusal("AccessDeniedException") }
    let results = try await look(cloud)
    #expect(results["region eu-west-1"]?.blindness?.kind == .unreadable)
    #expect(results["region ap-southeast-2"]?.blindness?.kind == .throttled)
    #expect(results["region us-east-1"]?.blindness?.kind == .denied)
  }

  @Test func `without the list of regions every known region is blind`() async throws {
    let cloud = cloud()
    cloud.set("DescribeRegions") { _ in .xmlRefusal("UnauthorizedOperation", status: 403) }
    let probe = try #require(cloud.probes(sources: [.use1], regions: nil).named("aws.regions"))
    #expect(probe.paths.map(\.region) == ["us-east-1"])
    let results = await probe.look(three).results
    #expect(results.keys.sorted() == ["region us-east-1"])
    #expect(results["region us-east-1"]?.blindness?.kind == .denied)
  }
}
