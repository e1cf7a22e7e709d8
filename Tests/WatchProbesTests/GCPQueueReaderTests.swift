import CloudAPI
import Foundation
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// The subscription as it answers, and as it is answered.
struct GCPQueueReaderTests {
  private static let delete = "google.logging.v2.ConfigServiceV2.DeleteSink"
  private static let plan = SourcePlan.gcp(GCPSource(sinks: ["archive"]))

  private func cloud(_ bodies: [String]) -> CannedGCP {
    let messages = bodies.enumerated().map { index, body in
      #"{"ackId":"a\#(index)","message":{"messageId":"\#(index)","data":"#
        + #""\#(Data(body.utf8).base64EncodedString())"}}"#
    }
    let cloud = CannedGCP()
    cloud.set("/watch:pull", #"{"receivedMessages":[\#(messages.joined(separator: ","))]}"#)
    for project in ["acme-1", "acme-2"] {
      cloud.set("/\(project)/sinks", gcpList("sinks", acmeSink(of: "projects/\(project)")))
    }
    return cloud
  }

  private func reader(_ cloud: CannedGCP, clock: ProbeClock = .still) throws -> EventReader {
    var account = CloudAccount.acme
    account.queue = "projects/acme-sec/subscriptions/watch"
    return try #require(
      GCPProbes.readers(
        account: account, sources: [Self.plan], client: cloud.client(), clock: clock
      ).first)
  }

  private func read(_ bodies: String...) async throws -> QueueSighting {
    let report = try await reader(cloud(bodies)).receive(three)
    guard case .saw(.queue(let seen))? = report.looks.first?.result else {
      Issue.record("\(report.looks)")
      return QueueSighting()
    }
    return seen
  }

  @Test func `an entry is the act that it tells of`() async throws {
    let seen = try await read(acmeEntry(Self.delete, at: -30))
    let change = try #require(seen.changes.first)
    #expect(change.cause.actor == "dev@example.org" && change.cause.from == "198.51.100.7")
    #expect(change.cause.action == "DeleteSink" && change.cause.region == "one")
    #expect(change.part == PipelineNode.ID(.sink, "projects/acme-1/sinks/archive"))
    #expect(change.code == "gcp.sink.deleted" && change.witness == "queue")
    #expect(seen.receipts == ["a0"] && seen.newest?.clock == "02:59:30Z")
  }

  @Test func `the audit log tells of the same event`() async throws {
    let entry = acmeEntry(Self.delete, at: -30)
    let pushed = try await read(entry).changes.first?.cause.event
    let cloud = cloud([])
    cloud.set("entries projects/acme-1 ", gcpList("entries", entry))
    let history = try #require(cloud.probes([Self.plan]).named("gcp.history"))
    let told = await history.look(three).results["history one"]?.history?.changes.first
    #expect(pushed != nil && told?.cause.event == pushed)
  }

  @Test(arguments: [
    ("", 1, 0), ("hello", 1, 0), ("[]", 1, 0), ("{}", 1, 0), ("null", 1, 0),
    (String(repeating: "[", count: 5_000), 1, 0), (#"{"logName":"x"}"#, 0, 1),
    (acmeEntry(delete, at: -30).replacing("2026-11-20T02:59:30.000Z", with: "now"), 1, 0),
    (acmeEntry("v1.compute.instances.insert", at: -30), 0, 1),
    (acmeEntry(delete, at: -30, resource: "projects/acme-1/sinks/other"), 0, 1),
    (acmeEntry(delete, at: -30, log: "data_access"), 0, 1),
    (acmeEntry(delete, at: -30, project: "stranger"), 0, 1),
  ])
  func `what is no act of ours`(_ body: String, _ unreadable: Int, _ foreign: Int) async throws {
    let seen = try await read(body)
    #expect(seen.changes == [] && seen.receipts.count == 1)
    #expect(seen.unreadable.count == unreadable && seen.foreign == foreign)
  }

  @Test func `an empty subscription is no blindness`() async throws {
    let cloud = CannedGCP()
    cloud.set("/watch:pull", "{}")
    let report = try await reader(cloud).receive(three)
    #expect(report.looks.map(\.result) == [.saw(.queue(QueueSighting()))])
    #expect(report.looks.map(\.path.region) == ["watch"])
    // Nothing is acknowledged by reading.
    #expect(cloud.requests.map(\.key).allSatisfy { $0.hasSuffix(":pull") })
  }

  @Test func `what could not be read is blind, and waited for`() async throws {
    let cloud = CannedGCP()
    cloud.refuse("/watch:pull")
    let slept = Mutex<[Duration]>([])
    let clock = ProbeClock(uptime: { .zero }, sleep: { span in slept.withLock { $0.append(span) } })
    let reader = try reader(cloud, clock: clock)
    for _ in 0..<3 {
      let report = await reader.receive(three)
      #expect(report.results.values.first?.blindness?.kind == .denied)
    }
    #expect(slept.withLock { $0 } == [.seconds(5), .seconds(10)])
  }

  @Test func `what the journal has is acknowledged, and nothing else`() async throws {
    let cloud = cloud([])
    cloud.set("/watch:acknowledge", "{}")
    try await reader(cloud).release(["a0", "a1"])
    let call = try #require(cloud.requests.first)
    #expect(cloud.requests.count == 1)
    #expect(call.key.hasSuffix("/projects/acme-sec/subscriptions/watch:acknowledge"))
    #expect(call.body?["ackIds"]?.array?.compactMap(\.string) == ["a0", "a1"])
  }

  @Test(arguments: [nil, "", "watch", "projects/p/topics/t", "projects//subscriptions/s"])
  func `without a subscription nobody reads`(_ queue: String?) {
    var account = CloudAccount.acme
    account.queue = queue
    let client = CannedGCP().client()
    #expect(GCPProbes.readers(account: account, sources: [], client: client).isEmpty)
  }

  @Test func `an empty answer at once is no reason to ask at once`() async throws {
    let cloud = CannedGCP()
    cloud.set("/watch:pull", "{}")
    let slept = Mutex<[Duration]>([])
    let clock = ProbeClock(uptime: { .zero }, sleep: { span in slept.withLock { $0.append(span) } })
    let reader = try reader(cloud, clock: clock)
    for _ in 0..<3 { _ = await reader.receive(three) }
    #expect(slept.withLock { $0 } == [.seconds(2), .seconds(2)])
  }
}
