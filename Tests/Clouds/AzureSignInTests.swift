import CloudAPI
import Foundation
import Testing

/// Every way into Azure against the strict token endpoints, and what happens when a token ends.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AzureSignInTests {
  @Test(.timeLimit(.minutes(12)))
  func everyWayInWorks() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let folder = try ScratchFolder()
      let ways = try await cloud.azureCredentials(folder)
      #expect(ways.count == 5)
      for (way, environment) in ways.sorted(by: { $0.key < $1.key }) {
        let isManaged = ["imds", "appservice"].contains(way)
        let client = try cloud.azureClient(
          environment: environment, source: isManaged ? .managedIdentity : nil)
        #expect(try await client.subscriptions().count == 2, "\(way)")
        let table = try await client.query(
          workspace: cloud.customer, "AzureActivity | summarize N=count()",
          tables: ["AzureActivity"], columns: ["N"], hours: 1)
        #expect(table.rows.count == 1, "\(way)")
      }
      #expect(try await cloud.calls().allSatisfy { $0.status == 200 })
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aWrongSecretIsSaidAndNotShown() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let client = try cloud.azureClient(environment: [
        "AZURE_TENANT_ID": cloud.facts.tenant ?? "", "AZURE_CLIENT_ID": cloud.facts.client ?? "",
        "AZURE_CLIENT_SECRET": "hunter2-hunter2",
      ])
      let error = await #expect(throws: CloudError.self) { try await client.subscriptions() }
      guard case .signIn(.notAccepted(_, let code, _)) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(code.contains("7000215"))
      #expect(!String(describing: error).contains("hunter2"))
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aTokenThatEndsInMidRunIsRenewed() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let client = try cloud.azureClient()
      #expect(try await client.subscriptions().count == 2)
      try await cloud.control("POST", "tokens", "{\"expire\": true}")
      #expect(try await client.subscriptions().count == 2)
      let tokens = try await cloud.calls().filter { $0.service == "login" }
      #expect(tokens.count == 2)
      // A cloud that calls every token expired is not asked for ever.
      try await cloud.fault("expired_token", ["service": "arm"])
      await #expect(throws: CloudError.self) { try await client.subscriptions() }
      #expect(try await cloud.calls().count < 20)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aThrottledCallWaitsAsLongAsItIsTold() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let client = try cloud.azureClient(callSeconds: 20)
      try await cloud.fault("throttle", ["service": "arm"], ["times": 1, "retry_after": 1])
      #expect(try await client.subscriptions().count == 2)
      #expect(try await cloud.calls().filter { $0.status == 429 }.count == 1)
      #expect(try await cloud.calls().allSatisfy { $0.early != true })
      try await cloud.fault("throttle", ["service": "arm"], ["retry_after": 90])
      let error = await #expect(throws: CloudError.self) { try await client.subscriptions() }
      guard case .throttled(_, let seconds) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(seconds == 90)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aDeniedSubscriptionIsDeniedAlone() async throws {
    try await StrictCloud.running(.azure) { cloud in
      try await cloud.deny(
        "Microsoft.Insights/diagnosticSettings/read", scope: "/subscriptions/\(cloud.test)")
      let client = try cloud.azureClient()
      #expect(try await client.diagnosticSettings(subscription: cloud.dev).count == 2)
      let error = await #expect(throws: CloudError.self) {
        try await client.diagnosticSettings(subscription: cloud.test)
      }
      guard case .denied(let refusal) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(refusal.permission.lowercased() == "microsoft.insights/diagnosticsettings/read")
    }
  }
}
