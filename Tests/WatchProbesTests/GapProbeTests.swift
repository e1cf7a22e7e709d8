import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct GapProbeTests {
  private func ask(
    _ scenario: DemoScenario, _ http: HTTPClient, from: Int, to: Int, at second: Int,
    source: String = "use1", region: String = "us-east-1"
  ) async throws -> GapProbe.Answer {
    let account = try #require(scenario.plan.accounts.first)
    let gap = AWSProbes.gap(
      account: account, sources: scenario.plan.sources, client: scenario.client(http: http),
      clock: .still)
    let question = GapProbe.Question(
      source: SourceID(cloud: .aws, account: "prod", name: source), region: region,
      from: three + .seconds(from), to: three + .seconds(to))
    return await gap.ask(question, three + .seconds(second))
  }

  @Test func `what a stopped trail never wrote is recovered from Event history`() async throws {
    let scenario = try DemoCloud.load("stop-logging", from: demoData)
    let http = scenario.http(start: three) { three + .seconds(1_900) }
    let answer = try await ask(scenario, http, from: 30, to: 750, at: 1_900)
    guard case .account(let account) = answer else { return #expect(Bool(false), "\(answer)") }
    #expect(account.deliveredLate == 0)
    // 30 reads, a parameter and the StopLogging itself.
    #expect(account.recovered == 32)
    #expect(account.lost == 0)
    #expect(account.unproven == 2)
    #expect(account.unprovenWhat == "data events of acme-payroll; Insights events")
    #expect(account.witness == "Event history us-east-1, read 03:31:40Z")
  }

  @Test func `what a blocked bucket held back comes late`() async throws {
    let scenario = try DemoCloud.load("bucket-blocked", from: demoData)
    let http = scenario.http(start: three) { three + .seconds(2_400) }
    let answer = try await ask(
      scenario, http, from: 31, to: 1_200, at: 2_400, source: "euc1", region: "eu-central-1")
    guard case .account(let account) = answer else { return #expect(Bool(false), "\(answer)") }
    #expect(account.deliveredLate == 1)
    #expect(account.recovered == 0)
    #expect(account.unproven == 1 && account.unprovenWhat == "Insights events")
  }

  @Test func `of a region without a trail all is in Event history alone`() async throws {
    let scenario = try DemoCloud.load("forgotten-region", from: demoData)
    let http = scenario.http(start: three) { three + .seconds(900) }
    let answer = try await ask(
      scenario, http, from: 0, to: 800, at: 900, source: "regions", region: "ap-southeast-2")
    guard case .account(let account) = answer else { return #expect(Bool(false), "\(answer)") }
    #expect(account.deliveredLate == 0 && account.recovered == 9)
    #expect(account.unprovenWhat == "data events")
  }

  @Test(arguments: ["LookupEvents", "ListObjectsV2", "GetObject", "DescribeTrails"])
  func `what cannot be read is not guessed`(_ operation: String) async throws {
    let scenario = try DemoCloud.load("bucket-blocked", from: demoData)
    let whole = scenario.http(start: three) { three + .seconds(2_400) }
    let http = HTTPClient { (request) async throws(HTTPError) in
      guard DemoRequest(request)?.operation == operation else {
        return try await whole.send(request)
      }
      return .html
    }
    let answer = try await ask(
      scenario, http, from: 31, to: 1_200, at: 2_400, source: "euc1", region: "eu-central-1")
    guard case .blind(let blindness) = answer else { return #expect(Bool(false), "\(answer)") }
    #expect(blindness.kind == .unreadable)
  }

  @Test func `selectors that cannot be read leave data events unproven`() async throws {
    let scenario = try DemoCloud.load("stop-logging", from: demoData)
    let whole = scenario.http(start: three) { three + .seconds(1_900) }
    let http = HTTPClient { (request) async throws(HTTPError) in
      guard DemoRequest(request)?.operation == "GetEventSelectors" else {
        return try await whole.send(request)
      }
      return .refusal("AccessDeniedException")
    }
    let answer = try await ask(scenario, http, from: 30, to: 750, at: 1_900)
    guard case .account(let account) = answer else { return #expect(Bool(false), "\(answer)") }
    #expect(account.unprovenWhat == "data events (selectors not read); Insights events")
  }
}
