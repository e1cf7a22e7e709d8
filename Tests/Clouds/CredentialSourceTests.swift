import CloudAPI
import Testing

/// Whatever way the keys come, the calls signed with them are accepted, and named after their owner.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct CredentialSourceTests {
  @Test(.timeLimit(.minutes(12)))
  func everySourceReachesTheAPI() async throws {
    try await CloudServer.running { server in
      let cloud = try CloudClient(server)
      try await server.control(
        "POST", "settings", #"{"external_id": "\#(CredentialSource.externalID)"}"#)
      for source in CredentialSource.allCases {
        try await server.control("DELETE", "calls")
        let trails = try await source.client(cloud).describeTrails(region: "us-east-1")
        #expect(trails.isEmpty)
        let calls = try await server.calls().filter { $0.operation == "DescribeTrails" }
        #expect(calls.map(\.user) == [source.caller], "\(source)")
        #expect(calls.map(\.status) == [200], "\(source)")
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func theWrongExternalIDIsRefusedAsCredentials() async throws {
    try await CloudServer.running { server in
      try await server.control("POST", "settings", #"{"external_id": "another"}"#)
      let client = CredentialSource.accountRole.client(try CloudClient(server))
      let error = await #expect(throws: AWSError.self) {
        try await client.describeTrails(region: "us-east-1")
      }
      #expect(error?.code == "AccessDenied")
      #expect(try await server.calls().map(\.operation) == ["AssumeRole"])
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aSessionThatRanOutIsRenewed() async throws {
    try await CloudServer.running { server in
      try await server.control("POST", "settings", #"{"external_id": "acme-7"}"#)
      let client = CredentialSource.accountRole.client(try CloudClient(server))
      _ = try await client.describeTrails(region: "us-east-1")
      try await server.control(
        "POST", "faults", #"{"kind": "expired_token", "service": "cloudtrail", "times": 1}"#)
      _ = try await client.describeTrails(region: "eu-west-1")
      #expect(
        try await server.calls().map(\.operation) == [
          "AssumeRole", "DescribeTrails", "DescribeTrails", "AssumeRole", "DescribeTrails",
        ])
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func oneSessionServesManyCallsAtOnce() async throws {
    try await CloudServer.running { server in
      try await server.control("POST", "settings", #"{"external_id": "acme-7"}"#)
      let client = CredentialSource.accountRole.client(try CloudClient(server))
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask { try await client.describeTrails(region: "us-east-1").count }
        }
        try await group.waitForAll()
      }
      let calls = try await server.calls()
      #expect(calls.count { $0.operation == "AssumeRole" } == 1)
      #expect(calls.count { $0.operation == "DescribeTrails" && $0.status == 200 } == 20)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aWrongSecretIsNotAnEmptyAccount() async throws {
    try await CloudServer.running { server in
      let cloud = try CloudClient(server)
      var variables = cloud.keys("watchkeeper")
      variables["AWS_SECRET_ACCESS_KEY"] = "wrong"
      let client = cloud.client(variables: variables)
      let error = await #expect(throws: AWSError.self) {
        try await client.describeTrails(region: "us-east-1")
      }
      guard case .credentials(.refused(let answer)) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(answer.code == "InvalidSignatureException")
    }
  }
}
