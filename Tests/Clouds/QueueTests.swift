import CloudAPI
import Testing
import WatchCore
import WatchProbes

/// The fast witness over real HTTP: EventBridge's events in a real queue, raw and by way of a topic.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct QueueTests {
  private func reader(_ estate: CloudEstate, _ queue: String) throws -> EventReader {
    let cloud = try CloudClient(estate.server)
    let client = cloud.client(variables: cloud.keys("watchkeeper"), backoff: CloudClient.hasty)
    let account = CloudAccount(cloud: .aws, name: "prod", queue: estate.queueURL(queue))
    let source = SourceID(cloud: .aws, account: "prod", name: "main")
    let readers = AWSProbes.readers(
      account: account, sources: [SourcePlan(id: source, trail: estate.trail)], client: client)
    return try #require(readers.first)
  }

  private func read(_ reader: EventReader) async throws -> QueueSighting {
    let report = await reader.receive(.now)
    guard case .saw(.queue(let seen))? = report.looks.first?.result else {
      Issue.record("\(report.looks)")
      return QueueSighting()
    }
    return seen
  }

  @Test(.timeLimit(.minutes(12)))
  func whatIsDoneComesThroughTheRuleAndIsDeletedOnceReleased() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server, options: CloudEstate.wholeOptions)
      try await estate.bridge()
      try await estate.act("disable-key", as: .dev)
      let reader = try reader(estate, CloudEstate.queueName)
      let seen = try await read(reader)
      let change = try #require(seen.changes.first { $0.cause.action == "DisableKey" })
      #expect(change.harm == .cuts && change.stage == .key && change.cause.actor == "dev")
      #expect(change.witness == PipelineChange.queue)
      await reader.release(seen.receipts)
      try await estate.message(#"{"eventName": "GetTrailStatus"}"#)
      #expect(try await read(reader).changes.isEmpty, "what was released does not come again")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func wrappedAndHostileMessagesAreTaken() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server, options: CloudEstate.wholeOptions)
      let parameters = #"{"name": "\#(estate.trail)"}"#
      try await estate.message(
        #"{"eventName": "StopLogging", "requestParameters": \#(parameters)}"#,
        queue: CloudEstate.wrappedQueueName, wrapped: true)
      let wrapped = try await read(try reader(estate, CloudEstate.wrappedQueueName))
      #expect(wrapped.changes.map(\.cause.action) == ["StopLogging"])
      try await estate.rawMessage("\"no event at all\"")
      let hostile = try await read(try reader(estate, CloudEstate.queueName))
      #expect(hostile.unreadable.count == 1 && hostile.receipts.count == 1)
    }
  }
}
