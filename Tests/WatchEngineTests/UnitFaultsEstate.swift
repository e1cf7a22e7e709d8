import CloudAPI
import Foundation
import Synchronization
import Transfer
import WatchCore

@testable import WatchEngine
@testable import WatchProbes

/// The demo's Azure or Google Cloud in process, with a clock that the test moves, and faults on
/// demand: all calls, or one.
final class UnitFaultsEstate: Sendable {
  let cloud: Cloud
  let seam: UnitFaultsSeam
  let probes: [Probe]
  let plan: WatchPlan
  private let time: Time

  private final class Time: Sendable {
    let now = Mutex(Rig.start)

    var date: Date {
      Date(timeIntervalSince1970: Double(now.withLock { $0 }.millis) / 1000)
    }
  }

  private struct Question: Hashable {
    var url: String
    var head: String
    var body: [UInt8]
    var at: Timestamp
  }

  private static let given = Mutex<[Question: HTTPResponse]>([:])

  /// The demo's answers follow from request and time alone: each is made once.
  private static func answer(
    to request: HTTPRequest, by scenario: DemoScenario, at now: Timestamp
  ) -> HTTPResponse {
    let head = request.method + (request.headers.first { $0.name == "Authorization" }?.value ?? "")
    let question = Question(url: request.url, head: head, body: request.body, at: now)
    if let known = given.withLock({ $0[question] }) { return known }
    let answer = DemoAnswers(scenario: scenario, start: Rig.start).answer(to: request, at: now)
    given.withLock { $0[question] = answer }
    return answer
  }

  private static let scenario = Result { try DemoCloud.load("company", from: FaultsEstate.data) }

  init(_ cloud: Cloud) throws {
    let scenario = try Self.scenario.get()
    let time = Time()
    let seam = UnitFaultsSeam(now: { time.date }) { request in
      Self.answer(to: request, by: scenario, at: time.now.withLock { $0 })
    }
    var plan = scenario.plan
    plan.accounts.removeAll { $0.cloud != cloud }
    plan.sources.removeAll { $0.id.cloud != cloud }
    let account = plan.accounts.first ?? CloudAccount(cloud: cloud, name: "none")
    // Waits take no time: the clock is the test's.
    let clock = CallClock(now: { time.date }, sleep: { _ in }, random: { 0.5 })
    switch cloud {
    case .gcp:
      let client = GCPClient(
        access: GCPAccess(source: .file("/demo/credentials.json")), http: seam.http, clock: clock,
        files: Self.files)
      probes = GCPProbes.make(
        account: account, sources: plan.sources, client: client, clock: .still)
    case .azure, .aws:
      let access = AzureAccess(
        tenantID: account.azure?.tenant, source: .environment,
        environment: ["AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "made-up"])
      let client = AzureClient(access: access, http: seam.http, clock: clock, files: .none)
      probes = AzureProbes.make(
        account: account, sources: plan.sources, client: client, clock: .still)
    }
    self.cloud = cloud
    self.seam = seam
    self.plan = plan
    self.time = time
  }

  private static let files = CredentialFiles { (_) throws(CredentialFiles.Problem) in
    Array(
      #"{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r"}"#.utf8)
  }

  func probe(_ id: String) -> Probe? { probes.first { $0.id == id } }

  /// One look by a probe, that long after the start.
  func look(_ probe: Probe, _ minutes: Int) async -> [PathID: Look.Result] {
    Dictionary(
      await report(probe, Rig.start + .minutes(minutes)).looks.map { ($0.path, $0.result) },
      uniquingKeysWith: { $1 })
  }

  private func report(_ probe: Probe, _ now: Timestamp) async -> ProbeReport {
    time.now.withLock { $0 = now }
    return await probe.look(now)
  }

  /// A round of all probes into an engine, as the watch has it.
  func round(_ rig: inout Rig) async {
    for probe in probes {
      // The watch asks by the cloud's time, as far as it knows it.
      let seen = await report(probe, max(rig.engine.now, rig.wall))
      rig.perform(rig.engine.handle(.report(seen), at: rig.reading))
    }
    rig.tick()
  }

  /// Minutes after the first look: next to nothing is remembered from it, but the token is good.
  static let later = 50
}

/// A cloud whose answers go wrong on demand.
final class UnitFaultsSeam: Sendable {
  private struct State: Sendable {
    var kind: UnitFaultsKind?
    /// Which calls go wrong, by their keys; nil for all.
    var fits: (@Sendable (String) -> Bool)?
    var met = 0
    var asked: Set<String> = []
  }

  private let now: @Sendable () -> Date
  private let real: @Sendable (HTTPRequest) -> HTTPResponse
  private let state = Mutex(State())

  init(
    now: @escaping @Sendable () -> Date, real: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) {
    self.now = now
    self.real = real
  }

  func fail(_ kind: UnitFaultsKind?, _ fits: (@Sendable (String) -> Bool)? = nil) {
    state.withLock { ($0.kind, $0.fits, $0.met) = (kind, fits, 0) }
  }

  /// How many answers went wrong since the fault was set.
  var met: Int { state.withLock { $0.met } }
  /// The calls since the last time that this was asked, sign-in left out.
  func calls() -> Set<String> {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in
      let call = UnitFaultsCall(request, now: self.now())
      let kind = self.state.withLock { state -> UnitFaultsKind? in
        if !call.isSignIn { state.asked.insert(call.key) }
        guard let kind = state.kind, state.fits?(call.key) ?? true else { return nil }
        // The new token is good.
        if kind == .tokenRunsOut, call.isSignIn { state.kind = nil }
        state.met += 1
        return kind
      }
      guard let kind else { return self.real(request) }
      let real = self.real
      return try await kind.met(call) { () async throws(HTTPError) in real(request) }
    }
  }
}
