import CloudAPI
import Foundation
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// A demo's Azure and Google Cloud at a clock that the test sets, asked by the typed clients.
final class DemoUnitDesk: Sendable {
  let scenario: DemoScenario
  let http: HTTPClient
  let clients: DemoScenario.Clients
  private let clock: Clock

  private final class Clock: Sendable {
    let second = Mutex(0)
  }

  init(_ name: String) throws {
    let clock = Clock()
    self.clock = clock
    let scenario = try DemoCloud.load(name, from: demoData)
    self.scenario = scenario
    http = scenario.http(start: three) { three + .seconds(clock.second.withLock { $0 }) }
    clients = scenario.clients(http: http)
  }

  var azure: AzureClient { clients.azure }
  var gcp: GCPClient { clients.gcp }

  func set(_ second: Int) { clock.second.withLock { $0 = second } }

  func date(_ second: Int) -> Date {
    Date(timeIntervalSince1970: Double((three + .seconds(second)).millis) / 1000)
  }

  static let dev = "0de70000-5a5a-4c4c-8d8d-000000000001"
  static let test = "07e57000-5a5a-4c4c-8d8d-000000000002"
  static let workspace = "c0ffee00-5a5a-4c4c-8d8d-000000000003"

  /// The newest row of a table in the workspace, in seconds from the start.
  func newest(_ table: String, of subscription: String? = nil) async throws -> Int? {
    let which = subscription.map { " | where SubscriptionId =~ \"\($0.uppercased())\"" } ?? ""
    let rows = try await azure.query(
      workspace: Self.workspace,
      "\(table)\(which) | summarize Newest = max(TimeGenerated), N = count()", tables: [table],
      columns: ["Newest", "N"], hours: 24)
    guard let text = rows.rows.first?.text("Newest"), let time = Timestamp(iso: text) else {
      return nil
    }
    return Int((time - three).wholeSeconds)
  }
}
