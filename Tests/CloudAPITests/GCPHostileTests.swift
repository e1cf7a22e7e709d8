import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Every typed call against everything that is not Google's answer: always a typed error, never an
/// empty answer, never a trap.
@Suite struct GCPHostileTests {
  @Test(arguments: GCPCallLine.all, HostileAnswerTests.bodies.indices)
  func isUnreadable(_ line: GCPCallLine, _ body: Int) async {
    let project = GCPFakeProject([.bytes(HostileAnswerTests.bodies[body].1)])
    let error = await #expect(throws: CloudError.self) { try await line.run(project.client) }
    guard case .unreadable(let answer) = error else {
      Issue.record("\(HostileAnswerTests.bodies[body].0): \(String(describing: error))")
      return
    }
    #expect(answer.operation == line.testDescription)
    #expect(project.asked.count == 1)
    #expect((error?.plain.unicodeScalars.count ?? 999) <= 400)
  }

  @Test func errorsStayShortAndCleanWhateverWasSent() async {
    let long = String(repeating: "\u{202e}\u{1b}]0;x\u{7}é", count: 5_000)
    let info = JSONValue.object([
      JSONMember("@type", .string("google.rpc.ErrorInfo")), JSONMember("reason", .string(long)),
      JSONMember("metadata", .object([JSONMember("permission", .string(long))])),
    ])
    let body = JSONValue.object([
      JSONMember(
        "error",
        .object([
          JSONMember("status", .string(long)), JSONMember("message", .string(long)),
          JSONMember("details", .array(Array(repeating: info, count: 30))),
        ]))
    ]).text
    let error = await #expect(throws: CloudError.self) {
      try await GCPFakeProject([.google(body, status: 403)]).client.sinks(of: .project("a"))
    }
    let plain = error?.plain ?? ""
    #expect(plain.unicodeScalars.count <= 400)
    #expect(plain.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
    #expect(error?.answered?.permission == "logging.sinks.list")
  }

  @Test(arguments: [
    #"{"sinks":{}}"#, #"{"sinks":[[]]}"#, #"{"sinks":[{}]}"#, #"{"sinks":[{"name":"a"}]}"#,
    #"{"sinks":[{"name":"a","destination":7}]}"#,
    #"{"sinks":[{"name":"a","destination":"x","disabled":"true"}]}"#,
    #"{"sinks":[{"name":"a","destination":"x","updateTime":"soon"}]}"#,
    #"{"sinks":[{"name":"a","destination":"x","exclusions":[{}]}]}"#,
    #"{"nextPageToken":{}}"#,
  ])
  func sinksOfTheWrongShape(_ body: String) async {
    let error = await #expect(throws: CloudError.self) {
      try await GCPFakeProject([.google(body)]).client.sinks(of: .project("a"))
    }
    guard case .unreadable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
