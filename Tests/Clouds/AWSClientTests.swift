import CloudAPI
import Foundation
import Testing

/// The typed calls over real HTTP: libcurl, our signatures, the overlay's checks and faults.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AWSClientTests {
  @Test(.timeLimit(.minutes(12)))
  func theEstateIsReadAsItIs() async throws {
    try await withClient { estate, client in
      #expect(
        try await client.enabledRegions(region: "us-east-1")
          == ["ap-southeast-2", "eu-west-1", "us-east-1"])
      let me = try await client.callerIdentity()
      #expect(me.arn == "arn:aws:iam::123456789012:user/watchkeeper")
      let trail = try #require(try await client.describeTrails(region: "eu-west-1").first)
      #expect(trail.arn == estate.trail && trail.homeRegion == "us-east-1")
      #expect(trail.isMultiRegion == true && trail.validatesLogFiles == true)
      let status = try await client.trailStatus(arnOrName: trail.arn, region: "eu-west-1")
      #expect(status.isLogging && status.latestDeliveryError == nil)
      let delivered = try #require(status.latestDeliveryTime)
      #expect(abs(delivered.timeIntervalSinceNow) < 600)
      #expect(status.latestDigestDeliveryTime != nil)
      let selectors = try await client.eventSelectors(arnOrName: trail.arn, region: "us-east-1")
      #expect(selectors.classic.first?.includesManagementEvents == true)
      #expect(try await client.getBucketPolicy(bucket: "acme-audit")?.contains("PutObject") == true)
      #expect(try await client.bucketRegion(bucket: "acme-audit") == "us-east-1")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func shadowTrailsNeedTheirARN() async throws {
    try await withClient { _, client in
      let error = await #expect(throws: AWSError.self) {
        try await client.trailStatus(arnOrName: "main", region: "eu-west-1")
      }
      #expect(error?.code == "TrailNotFoundException")
      #expect(error?.requestID != nil)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func historyIsPagedToTheEnd() async throws {
    try await withClient { estate, client in
      try await estate.server.control("DELETE", "events")
      let events = (1...120).map { #"{"eventName": "Change\#($0)", "at": "-\#($0)m"}"# }
      try await estate.server.control(
        "POST", "events", "{\"events\": [\(events.joined(separator: ","))]}")
      try await estate.server.control("POST", "history", #"{"empty_pages": 2}"#)
      let found = try await client.lookupEvents(
        region: "us-east-1", attribute: .writeEvents, pageLimit: 9)
      #expect(found.events.map(\.eventName) == (1...120).map { "Change\($0)" })
      #expect(!found.isCut)
      #expect(found.events.first?.record?.userIdentity?.userName == "dev")
      let cut = try await client.lookupEvents(
        region: "us-east-1", attribute: .writeEvents, pageLimit: 3)
      #expect(cut.isCut && cut.events.count == 50, "two empty pages and a full one")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func listingsArePagedToTheEnd() async throws {
    try await withClient { estate, client in
      try await estate.server.control("POST", "settings", #"{"list_page": 4}"#)
      let all = try await client.listObjects(bucket: "acme-audit", limitPages: 20)
      #expect(all.objects.count == 24 && !all.isCut)
      #expect(all.objects.map(\.key) == all.objects.map(\.key).sorted())
      let few = try await client.listObjects(bucket: "acme-audit", limitPages: 2)
      #expect(few.objects.count == 8 && few.isCut)
      let prefix = "AWSLogs/123456789012/CloudTrail/eu-west-1/"
      let region = try await client.listObjects(bucket: "acme-audit", prefix: prefix)
      let newest = try #require(region.objects.map(\.lastModified).max())
      #expect((100...450).contains(-newest.timeIntervalSinceNow))
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func anotherRegionsBucketIsLearnedOnce() async throws {
    try await CloudServer.running { server in
      _ = try await CloudEstate.build(on: server, home: "eu-west-1")
      let client = try CloudClient(server).client()
      try await server.control("DELETE", "calls")
      for _ in 0..<3 {
        #expect(try await client.listObjects(bucket: "acme-audit").objects.count == 24)
      }
      #expect(try await client.bucketRegion(bucket: "acme-audit") == "eu-west-1")
      let calls = try await server.calls()
      #expect(calls.compactMap(\.status) == [301, 200, 200, 200, 200])
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aDenialCarriesCodeMessageAndRequest() async throws {
    try await withClient { estate, client in
      try await estate.server.fault("deny", [:])
      let looks: [(String, @Sendable () async throws -> Void)] = [
        ("AccessDeniedException", { _ = try await client.lookupEvents(region: "us-east-1") }),
        ("UnauthorizedOperation", { _ = try await client.enabledRegions(region: "us-east-1") }),
        ("AccessDenied", { _ = try await client.listObjects(bucket: "acme-audit") }),
        ("AccessDenied", { _ = try await client.callerIdentity() }),
      ]
      for (code, look) in looks {
        let error = await #expect(throws: AWSError.self) { try await look() }
        guard case .denied(let answer) = error else {
          Issue.record("\(code): \(String(describing: error))")
          continue
        }
        #expect(answer.code == code)
        #expect(!answer.message.isEmpty && answer.requestID != nil)
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func transientFaultsAreOutlived() async throws {
    try await withClient { estate, client in
      for kind in ["throttle", "error", "unavailable", "reset", "cut"] {
        try await estate.server.heal()
        try await estate.server.control("POST", "faults", #"{"kind": "\#(kind)", "times": 2}"#)
        #expect(try await client.describeTrails(region: "us-east-1").count == 1, "\(kind)")
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func lastingThrottlingIsSaidAsThat() async throws {
    try await withClient { estate, client in
      try await estate.server.fault("throttle", [:])
      let error = await #expect(throws: AWSError.self) {
        try await client.describeTrails(region: "us-east-1")
      }
      guard case .throttled(let answer) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(answer.code == "ThrottlingException")
    }
  }

  /// A 200 that cannot be read is an error, whatever the reader would like.
  @Test(.timeLimit(.minutes(12)))
  func unreadableAnswersAreNeverEmptyOnes() async throws {
    try await withClient { estate, client in
      for kind in ["html", "garbage", "empty", "null", "deep", "wrong_length", "cut"] {
        try await estate.server.heal()
        try await estate.server.fault(kind, [:])
        let looks: [(String, @Sendable () async throws -> Void)] = [
          ("trails", { _ = try await client.describeTrails(region: "us-east-1") }),
          ("status", { _ = try await client.trailStatus(arnOrName: "main", region: "us-east-1") }),
          ("history", { _ = try await client.lookupEvents(region: "us-east-1") }),
          ("objects", { _ = try await client.listObjects(bucket: "acme-audit") }),
          ("regions", { _ = try await client.enabledRegions(region: "us-east-1") }),
          ("caller", { _ = try await client.callerIdentity() }),
        ]
        for (name, look) in looks {
          let error = await #expect(throws: AWSError.self, "\(kind) \(name)") { try await look() }
          switch error {
          case .unreadable, .network: break
          default: Issue.record("\(kind) \(name): \(String(describing: error))")
          }
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aHangingServerCostsNoMoreThanTheCallsLimit() async throws {
    try await CloudServer.running { server in
      let client = try CloudClient(server).client(callSeconds: 1)
      try await server.fault("hang", [:])
      let error = await #expect(throws: AWSError.self) {
        try await client.describeTrails(region: "us-east-1")
      }
      guard case .network(_, _, .timedOut) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test(.timeLimit(.minutes(12)), arguments: [1_800, -1_800])
  func anotherClockIsMeasured(seconds: Int) async throws {
    try await withClient { estate, client in
      try await estate.server.control("POST", "settings", "{\"skew\": \(seconds)}")
      let error = await #expect(throws: AWSError.self) {
        try await client.describeTrails(region: "us-east-1")
      }
      guard case .clockSkew(let ahead, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(abs(ahead + Double(seconds)) < 30)
    }
  }

  private func withClient(
    _ body: @escaping @Sendable (CloudEstate, AWSClient) async throws -> Void
  ) async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      try await body(estate, try CloudClient(server).client())
    }
  }
}
