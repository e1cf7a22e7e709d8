import CloudAPI
import Foundation
import Transfer
import WatchCore

/// One scenario, ready to be shown.
public struct DemoScenario: Sendable {
  public var name: String
  /// One line for the list of scenarios.
  public var title: String
  /// When it starts, after midnight UTC.
  public var timeOfDay: Duration

  let script: DemoScript
  let estate: DemoEstate
  let templates: DemoTemplates
  let pipeline: DemoPipeline
  let azure: DemoUnitEstate?
  let gcp: DemoUnitEstate?

  /// Its start on the day of a time, UTC.
  public func start(on day: Timestamp) -> Timestamp { day.dayStart + timeOfDay }

  /// What is watched: the estate as a configuration would say it.
  public var plan: WatchPlan {
    let own = CloudAccount(
      cloud: .aws, name: estate.account.name, profile: estate.account.name, queue: estate.queue)
    let trails = estate.trails.map { trail in
      SourcePlan(
        id: SourceID(cloud: .aws, account: estate.account.name, name: trail.id),
        trail: trail.arn(estate.account.id), echo: trail.echo == true ? .home : .off)
    }
    return WatchPlan(
      accounts: [own] + [azure?.azureAccount, gcp?.gcpAccount].compactMap { $0 },
      sources: trails + (azure?.azureSources ?? []) + (gcp?.gcpSources ?? []),
      roles: roles, channels: channels, people: people)
  }

  /// How many regions the account has.
  public var regions: Int { estate.regions.count }

  /// Weaknesses that the estate's people took on, and why.
  public func acceptances(start: Timestamp) -> [Acceptance] {
    let others = [azure, gcp].flatMap { $0?.units.accepted ?? [] }
    return ((estate.accepted ?? []) + others).map { accepted in
      Acceptance(
        rule: accepted.check, subject: accepted.subject,
        until: start + .seconds(accepted.days * 86_400),
        reason: accepted.reason, by: Operator(name: accepted.by))
    }
  }

  /// The cloud, as a client sees it.
  /// - Parameters:
  ///   - start: the scenario's zero.
  ///   - now: the watch's clock, asked for each answer.
  public func http(
    start: Timestamp, now: @escaping @Sendable () -> Timestamp
  ) -> HTTPClient {
    let answers = DemoAnswers(scenario: self, start: start)
    return HTTPClient { (request) async throws(HTTPError) in
      await answers.patience(request, at: now)
      return answers.answer(to: request, at: now())
    }
  }

  /// A client of that cloud: made-up keys, no files, no environment.
  public func client(http: HTTPClient, onCall: @escaping AWSClient.OnCall = { _, _, _ in })
    -> AWSClient
  {
    let access = AWSAccess(
      region: estate.trails.first?.region ?? "us-east-1",
      environment: [
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      ], callSeconds: 600)
    // A made-up cloud refuses nobody for haste.
    var clock = CallClock.live
    clock.sleep = { _ in }
    return AWSClient(access: access, http: http, clock: clock, files: .none, onCall: onCall)
  }

  private var pipelines: [DemoPipeline] {
    [pipeline] + [azure?.pipeline, gcp?.pipeline].compactMap { $0 }
  }

  private func contradiction(_ act: DemoScript.Act, _ cloud: String) -> String? {
    guard let found = ["azure": azure, "gcp": gcp][cloud] ?? nil else {
      return "timeline at \(act.at): the scenario has no \(cloud)"
    }
    if act.event != nil, !found.units.units.contains(where: { $0.label == act.region }) {
      return "timeline at \(act.at): there is no unit \(act.region ?? "")"
    }
    return nil
  }

  /// What in the script refers to nothing, in words.
  var contradiction: String? {
    for act in script.timeline {
      if let cloud = act.cloud, let why = contradiction(act, cloud) { return why }
      if let name = act.trails?.first(where: { name in !estate.trails.contains { $0.id == name } })
      {
        return "timeline at \(act.at): there is no trail \(name)"
      }
      if act.act == nil, act.event == nil, act.apply == nil, act.revert == nil {
        return "timeline at \(act.at): nothing happens"
      }
      for name in [act.apply, act.revert].compactMap({ $0 })
      where !pipelines.contains(where: { $0.has(variant: name) }) {
        return "timeline at \(act.at): the pipeline has no variant \(name)"
      }
      if act.event != nil, act.region == nil {
        return "timeline at \(act.at): event without region"
      }
      let known = [nil, "stop", "start", "block", "unblock"]
      if !known.contains(act.act) { return "timeline at \(act.at): act is none of those known" }
    }
    if estate.trails.contains(where: { $0.every < 1 })
      || estate.activity.contains(where: { $0.every < 1 })
    {
      return "every must be a second or more"
    }
    return nil
  }
}
