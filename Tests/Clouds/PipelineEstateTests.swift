import Testing

/// The whole pipeline is there, and each of its switches does what ``CloudEstate`` says.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct PipelineEstateTests {
  @Test(.timeLimit(.minutes(12)))
  func everySwitchOfTheWholePipelineTurns() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server, options: CloudEstate.wholeOptions)
      try await estate.echo()
      try await estate.bridge()
      try await estate.act("disable-rule", as: .dev)
      try await estate.deliverEchoes()
      let event = "{\"eventName\": \"StopLogging\", \"at\": \"-1m\"}"
      try await estate.message(event)
      try await estate.message(event, queue: CloudEstate.wrappedQueueName, wrapped: true)
      try await estate.rawMessage("\"no event at all\"")
      try await estate.happened(event)
      try await estate.lines(event, arrived: "-30s")
      try await estate.ageGroup(minutes: 90)
      try await estate.confirm(false)
      try await estate.digests(hoursAgo: [1])
      try await estate.organizationTrail()
      try await estate.limit("cloudtrail", ["LookupEvents"], perSecond: 2)
      let calls = try await server.calls().filter { $0.operation == "DisableRule" }
      #expect(calls.map(\.user) == ["dev"])
      #expect(calls.first?.agent.contains("Boto3") == true)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func whatIsNotThereIsSaid() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      await #expect(throws: CloudsError.self) { try await estate.confirm(true) }
      await #expect(throws: CloudsError.self) { try await estate.rawMessage("\"x\"") }
    }
  }
}
