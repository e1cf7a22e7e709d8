import CloudAPI
import Foundation
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// The storage queue as it answers, and as it is answered.
struct AzureQueueReaderTests {
  private static let operation = "Microsoft.Insights/diagnosticSettings/delete"
  private static let setting = AzureNames.setting()

  private static let data = """
    {"authorization":{"action":"x","scope":"y"},"claims":{"appid":"a",\
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn":"dev@example.org"},\
    "correlationId":"c-1","httpRequest":{"clientIpAddress":"198.51.100.7","method":"DELETE"},\
    "operationName":"\(operation)","resourceUri":"\(setting)","status":"Succeeded",\
    "subscriptionId":"\(AzureNames.dev)","tenantId":"t"}
    """

  private static func grid(_ type: String = "ResourceDeleteSuccess", _ data: String = data)
    -> String
  {
    #"{"id":"g-1","topic":"/subscriptions/\#(AzureNames.dev)","subject":"\#(setting)","eventType":"#
      + #""Microsoft.Resources.\#(type)","eventTime":"2026-11-20T02:59:30.1234567Z","data":"#
      + #"\#(data),"dataVersion":"2","metadataVersion":"1"}"#
  }

  private static let cloudEvent =
    #"{"specversion":"1.0","id":"g-1","source":"/subscriptions/x","subject":"\#(setting)","type":"#
    + #""Microsoft.Resources.ResourceDeleteSuccess","time":"2026-11-20T02:59:30Z","data":\#(data)}"#

  private static let context = """
    "caller":"dev@example.org","correlationId":"c-1","eventDataId":"e-1","eventSource":\
    "Administrative","eventTimestamp":"2026-11-20T02:59:30Z","operationName":"\(operation)",\
    "status":"Succeeded","subStatus":"OK","claims":"{\\"ipaddr\\":\\"198.51.100.7\\"}",\
    "httpRequest":"{\\"clientIpAddress\\":\\"198.51.100.7\\"}"
    """

  private static let common = """
    {"schemaId":"azureMonitorCommonAlertSchema","data":{"essentials":{"monitoringService":\
    "Activity Log - Administrative","alertTargetIDs":["\(setting)"]},"alertContext":{\(context),\
    "authorization":{"action":"\(operation)","scope":"\(setting)"}}}}
    """

  private static let old = """
    {"schemaId":"Microsoft.Insights/activityLogs","data":{"status":"Activated","context":\
    {"activityLog":{\(context),"resourceId":"\(setting.uppercased())"}}}}
    """

  private func cloud(_ bodies: [String]) -> CannedAzure {
    let messages = bodies.enumerated().map { index, body in
      "<QueueMessage><MessageId>m\(index)</MessageId><PopReceipt>p+\(index)</PopReceipt>"
        + "<MessageText>\(Data(body.utf8).base64EncodedString())</MessageText></QueueMessage>"
    }
    return CannedAzure([
      "get /events/messages": { _ in
        HTTPResponse(
          status: 200,
          body: Array(
            "\u{feff}<QueueMessagesList>\(messages.joined())</QueueMessagesList>".utf8))
      }
    ])
  }

  private func reader(_ cloud: CannedAzure, clock: ProbeClock = .still) throws -> EventReader {
    var account = CloudAccount.azureDev
    account.queue = "https://acmewatch.queue.core.windows.net/events"
    return try #require(
      AzureProbes.readers(
        account: account, sources: [.activityLog], client: cloud.client(), clock: clock
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

  @Test(arguments: [grid(), "[\(grid())]", cloudEvent, common, old])
  func `every wrapping holds the same act`(_ body: String) async throws {
    let seen = try await read(body)
    let change = try #require(seen.changes.first)
    #expect(change.cause.actor == "dev@example.org" && change.cause.from == "198.51.100.7")
    #expect(change.cause.action == Self.operation && change.cause.region == "dev")
    #expect(change.part == PipelineNode.ID(.setting, Self.setting))
    #expect(change.code == "azure.setting.deleted" && change.witness == "queue")
    #expect(seen.receipts == ["m0 p+0"] && seen.newest?.clock == "02:59:30Z")
  }

  @Test func `the Activity Log tells of the same event`() async throws {
    let pushed = try await read(Self.grid()).changes.first?.cause.event
    let log =
      "/subscriptions/\(AzureNames.dev)/providers/Microsoft.Insights/eventtypes/management/values"
    let cloud = CannedAzure()
    cloud.set(
      log,
      #"{"value":[\#(azureEvent(Self.operation.uppercased(), at: -9, Self.setting.uppercased(), correlation: "c-1"))]}"#
    )
    let told = try await cloud.look("azure.history")["history dev"]?.history?.changes.first
    #expect(pushed != nil && told?.cause.event == pushed)
  }

  @Test func `an attempt that failed`() async throws {
    let data = Self.data.replacing("Succeeded", with: "Failed")
    let change = try await read(Self.grid("ResourceDeleteFailure", data)).changes.first
    #expect(change?.cause.error != nil && change?.cause.event?.hasSuffix(":failed") == true)
  }

  @Test(arguments: [
    ("", 1, 0), ("hello", 1, 0), ("[]", 1, 0), ("[1]", 1, 0), ("{\"a\":", 1, 0), ("null", 1, 0),
    (String(repeating: "[", count: 5_000), 1, 0), ("{}", 1, 0),
    ("[\(grid()),\(grid())]", 1, 0), (grid("ResourceDeleteSuccess", "7"), 1, 0),
    (grid("ResourceDeleteSuccess", "{}"), 0, 1),
    (grid().replacing("02:59:30.1234567Z", with: "now"), 1, 0),
    (#"{"eventType":"Microsoft.Storage.BlobCreated","eventTime":"2026-11-20T02:59:30Z"}"#, 0, 1),
    (grid().replacing("diagnosticSettings", with: "webtests"), 0, 1),
    (grid().replacing(AzureNames.dev, with: "77777777-0000-0000-0000-000000000007"), 0, 1),
    (common.replacing("Activity Log - Administrative", with: "Platform"), 0, 1),
    (common.replacing("2026-11-20T02:59:30Z", with: ""), 1, 0),
    (#"{"schemaId":"other"}"#, 0, 1), (#"{"schemaId":"azureMonitorCommonAlertSchema"}"#, 1, 0),
  ])
  func `what is no act of ours`(_ body: String, _ unreadable: Int, _ foreign: Int) async throws {
    let seen = try await read(body)
    #expect(seen.changes == [] && seen.receipts.count == 1)
    #expect(seen.unreadable.count == unreadable && seen.foreign == foreign)
  }

  @Test func `an empty queue is asked a few times, and is no blindness`() async throws {
    let cloud = cloud([])
    let slept = Mutex<[Duration]>([])
    let clock = ProbeClock(uptime: { .zero }, sleep: { span in slept.withLock { $0.append(span) } })
    let reader = try reader(cloud, clock: clock)
    let report = await reader.receive(three)
    #expect(report.looks.map(\.result) == [.saw(.queue(QueueSighting()))])
    #expect(cloud.count("/events/messages") == 4)
    #expect(slept.withLock { $0 } == [.seconds(5), .seconds(5), .seconds(5)])
    #expect(reader.permissions == [AzureAction.processMessages.name])
  }

  @Test func `what could not be read is blind, and waited for`() async throws {
    let cloud = CannedAzure()
    cloud.set("get /events/messages") { _ in
      .xmlRefusal("AuthorizationPermissionMismatch", status: 403)
    }
    let slept = Mutex<[Duration]>([])
    let clock = ProbeClock(uptime: { .zero }, sleep: { span in slept.withLock { $0.append(span) } })
    let reader = try reader(cloud, clock: clock)
    for _ in 0..<3 {
      let report = await reader.receive(three)
      #expect(report.results.values.first?.blindness?.kind == .denied)
    }
    #expect(slept.withLock { $0 } == [.seconds(5), .seconds(10)])
  }

  @Test func `what the journal has is deleted, and nothing else`() async throws {
    let cloud = cloud([])
    cloud.set("delete /events/messages/m0") { _ in HTTPResponse(status: 204) }
    cloud.set("delete /events/messages/m1") { _ in .xmlRefusal("MessageNotFound", status: 404) }
    cloud.set("delete /events/messages/m2") { _ in HTTPResponse(status: 204) }
    try await reader(cloud).release(["m0 p+0", "m1 p+1", "m2 p+2", "nonsense", ""])
    let deleted = cloud.requests.filter { $0.key.hasPrefix("delete") }
    #expect(deleted.map { $0.parameters["popreceipt"] } == ["p+0", "p+1", "p+2"])
  }
}
