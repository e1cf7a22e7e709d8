import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct AzureRegionProbeTests {
  private static let stray = "9a9a9a9a-0000-0000-0000-000000000009"
  private static let settings = "/providers/Microsoft.Insights/diagnosticSettings"
  private static let log = "/providers/Microsoft.Insights/eventtypes/management/values"

  private func cloud() -> CannedAzure {
    let cloud = CannedAzure([
      "get /subscriptions": { _ in
        .azureList(
          #"{"subscriptionId":"\#(AzureNames.dev)","state":"Enabled"}"#,
          #"{"subscriptionId":"\#(Self.stray)","displayName":"lab","state":"Warned"}"#,
          #"{"subscriptionId":"8b8b8b8b-0000-0000-0000-000000000008","state":"Disabled"}"#)
      }
    ])
    cloud.set("/\(AzureNames.dev)\(Self.settings)", #"{"value":[\#(azureSetting())]}"#)
    cloud.set("/\(AzureNames.test)\(Self.settings)", #"{"value":[]}"#)
    cloud.set("/\(Self.stray)\(Self.settings)", #"{"value":[\#(azureSetting(["Policy"]))]}"#)
    for unit in [AzureNames.dev, AzureNames.test] {
      cloud.set("/\(unit)\(Self.log)", #"{"value":[]}"#)
    }
    cloud.set(
      "/\(Self.stray)\(Self.log)",
      #"{"value":[\#(azureEvent("Microsoft.Compute/virtualMachines/write", at: -60, "/x")),"#
        + #"\#(azureEvent("Microsoft.Compute/virtualMachines/write", at: -90, "/y"))]}"#)
    return cloud
  }

  @Test func `watched and stray subscriptions, with what covers them`() async throws {
    let cloud = cloud()
    let seen = try await cloud.look("azure.regions")
    #expect(Set(seen.keys) == ["region dev", "region test", "region 9a9a9a9a"])
    #expect(seen["region dev"]?.region?.covering == ["export"])
    #expect(seen["region dev"]?.region?.listed == ["dev", "test", "9a9a9a9a"])
    #expect(cloud.count("/\(AzureNames.dev)\(Self.log)") == 0)
    let test = try #require(seen["region test"]?.region)
    #expect(test.covering == [] && test.trails == [] && test.activity == 0)
    let stray = try #require(seen["region 9a9a9a9a"]?.region)
    // A setting without Administrative covers nothing that is done there.
    #expect(stray.covering == [] && stray.trails == ["export"] && stray.activity == 2)
    #expect(stray.activeSince == three - .seconds(90) && stray.first?.region == "9a9a9a9a")
    #expect(stray.latest?.action == "Microsoft.Compute/virtualMachines/write")
  }

  @Test func `each subscription's refusal is its own`() async throws {
    let cloud = cloud()
    cloud.refuse("/\(Self.stray)\(Self.settings)")
    let seen = try await cloud.look("azure.regions")
    #expect(seen["region 9a9a9a9a"]?.blindness?.kind == .denied)
    #expect(seen["region dev"]?.region != nil && seen["region test"]?.region != nil)
  }

  @Test func `without the list nobody can say that there is no other`() async throws {
    let cloud = cloud()
    cloud.refuse("get /subscriptions")
    let seen = try await cloud.look("azure.regions")
    #expect(seen["region dev"]?.blindness?.kind == .denied)
    #expect(seen["region test"]?.region?.covering == [])
  }
}
