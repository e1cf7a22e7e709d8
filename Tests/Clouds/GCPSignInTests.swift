import CloudAPI
import Foundation
import Testing

/// Every way into Google Cloud against the strict token endpoints, and what happens when a token ends.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct GCPSignInTests {
  private static let main = GCPParent.project(StrictCloud.project)

  @Test(.timeLimit(.minutes(12)))
  func everyCredentialFileWorks() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let folder = try ScratchFolder()
      let files = try await cloud.gcpCredentials(folder).filter { $0.key != "subject-token" }
      #expect(files.count == 5)
      for (kind, file) in files.sorted(by: { $0.key < $1.key }) {
        let client = try cloud.gcpClient(file: file)
        #expect(try await client.sinks(of: Self.main).count == 4, "\(kind)")
        #expect(try await client.snoozes(project: StrictCloud.project).isEmpty, "\(kind)")
        #expect(
          try await client.topic("audit-events", project: StrictCloud.project) != nil, "\(kind)")
      }
      let client = try cloud.gcpClient(
        impersonate: "audit-reader@acme-analytics.iam.gserviceaccount.com")
      #expect(try await client.sinks(of: Self.main).count == 4)
      let asked = try await cloud.calls().filter { $0.status != 200 }
      #expect(asked.isEmpty, "\(asked)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aTokenThatEndsInMidRunIsRenewed() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let client = try cloud.gcpClient()
      #expect(try await client.sinks(of: Self.main).count == 4)
      try await cloud.control("POST", "tokens", "{\"expire\": true}")
      #expect(try await client.sinks(of: Self.main).count == 4)
      #expect(try await cloud.calls().filter { $0.service == "metadata" }.count == 2)
      try await cloud.fault("expired_token", ["service": "logging"])
      await #expect(throws: CloudError.self) { try await client.sinks(of: Self.main) }
      #expect(try await cloud.calls().count < 20)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aMachineWithNarrowScopesIsSaidToBeDenied() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let client = try cloud.gcpClient()
      try await cloud.fault("throttle", ["service": "logging"], ["times": 1, "retry_after": 1])
      #expect(try await client.sinks(of: Self.main).count == 4)
      #expect(try await cloud.calls().allSatisfy { $0.early != true })
      try await cloud.deny("logging.sinks.list", scope: "projects/acme-ingest")
      #expect(try await client.sinks(of: Self.main).count == 4)
      let error = await #expect(throws: CloudError.self) {
        try await client.sinks(of: .project("acme-ingest"))
      }
      guard case .denied(let refusal) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(refusal.permission == "logging.sinks.list")
      #expect(refusal.place == "projects/acme-ingest")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func brokenAnswersAreNeverEmptyLists() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let client = try cloud.gcpClient(callSeconds: 5)
      #expect(try await client.exclusions(of: Self.main).isEmpty)
      let kinds = [
        "garbage", "html", "empty", "null", "deep", "cut", "wrong_length", "reset", "error",
        "unavailable", "no_content",
      ]
      for kind in kinds {
        try await cloud.fault(kind, ["service": "logging"])
        await #expect(throws: CloudError.self, "\(kind)") {
          try await client.exclusions(of: Self.main)
        }
        try await cloud.heal()
      }
    }
  }
}
