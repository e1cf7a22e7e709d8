import Crypto
import WatchCore
import WatchEngine
import WatchJournal
import WatchSetup

/// `watchkeeper channels`: the ways to tell people. `channels test [NAME]` sends a test by one or all of
/// them and journals what became of it; `--dry-run` prints the exact request and sends nothing.
enum ChannelsCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    let surroundings = Surroundings()
    let places = try Places(arguments, surroundings)
    let plan = try LiveSession.plan(places)
    switch arguments.words.first {
    case nil, "list"?:
      try arguments.takesWords(atMost: 1)
      try arguments.takesNone("--dry-run", with: "channels list")
      return list(plan)
    case "test"?:
      try arguments.takesWords(atMost: 2)
      return try test(plan, arguments, places, surroundings)
    case let other?: throw UsageError.tooMany(other)
    }
  }

  private static func list(_ plan: WatchPlan) -> Int32 {
    guard !plan.channels.isEmpty else {
      Printer.line("there are no channels: nobody is told outside the console")
      return 0
    }
    for channel in plan.channels {
      let secrets = [channel.url, channel.key].compactMap { $0?.text }
      let roles = plan.roles.filter { $0.channels.contains(channel.name) }.map(\.name)
      let parts = [
        "\(channel.name) (\(channel.kind.rawValue))",
        channel.least == .low ? "every priority" : "from \(channel.least.rawValue) on",
        roles.isEmpty ? "used by no role" : "used by \(roles.joined(separator: ", "))",
        secrets.isEmpty ? nil : "reads \(secrets.joined(separator: " and "))",
      ]
      Printer.line(parts.compactMap { $0 }.joined(separator: "; "))
    }
    return 0
  }

  private static func test(
    _ plan: WatchPlan, _ arguments: Arguments, _ places: Places, _ surroundings: Surroundings
  ) throws -> Int32 {
    if !arguments.has("--dry-run") { try OperatorEntry.refuseDemo(places.stateFolder) }
    let chosen = try chosen(plan, arguments.words.dropFirst().first)
    let sender = try LiveChannels.sender(
      plan, http: try LiveSession.http(surroundings), surroundings)
    var allAccepted = true
    for channel in chosen {
      let notification = notification(for: channel, surroundings)
      if arguments.has("--dry-run") {
        Printer.page("# \(channel.name) (\(channel.kind.rawValue))")
        Printer.page(sender.dryRun(notification, channel) + "\n")
        continue
      }
      let answer = try Blocking.run { await sender.send(notification, channel) }
      let trial = trial(channel, answer, by: surroundings.me)
      allAccepted = allAccepted && trial.accepted
      Printer.line(trial.text)
      let entry = try OperatorEntry.append(.trial(trial), to: places.stateFolder)
      Printer.line("entry \(entry.seq): trial \(channel.name)")
    }
    return allAccepted ? 0 : 1
  }

  private static func chosen(_ plan: WatchPlan, _ name: String?) throws -> [ChannelPlan] {
    guard !plan.channels.isEmpty else {
      throw ProgramError("the configuration has no channels", status: 78)
    }
    guard let name else { return plan.channels }
    guard let channel = plan.channel(name) else {
      let known = plan.channels.map(\.name).joined(separator: ", ")
      throw UsageError.badValue("channel", name, "known are \(known)")
    }
    return [channel]
  }

  /// Says that it is a test wherever somebody may see only a part of it.
  private static func notification(
    for channel: ChannelPlan, _ surroundings: Surroundings
  ) -> AlertNotification {
    let key = "test-\(Hex.encode(RandomBytes.make(8)))"
    return AlertNotification(
      act: .test, alert: nil, dedupKey: key, messageKey: "\(key)-1", priority: .low,
      title: "TEST of channel \(channel.name): nothing has happened", source: "", code: "",
      facts: [
        AlertNotification.Fact(
          "test", "This is a test of the way to tell you. Nothing has happened."),
        AlertNotification.Fact("asked for by", surroundings.me.text),
        AlertNotification.Fact("on", surroundings.host),
      ], to: surroundings.me.name, role: nil, at: ProgramClock.system.now())
  }

  private static func trial(
    _ channel: ChannelPlan, _ answer: ChannelAnswer, by me: Operator
  ) -> ChannelTrial {
    var trial = ChannelTrial(
      channel: channel.name, kind: channel.kind.rawValue, accepted: false, by: me)
    switch answer {
    case .accepted(let id):
      trial.accepted = true
      trial.detail = id
    case .taken(let id, _):
      trial.accepted = true
      trial.detail = id
    case .refused(let text), .unsent(let text): trial.detail = text
    case .failed(let text, let after):
      trial.detail = text + (after.map { "; not again for \($0.text)" } ?? "")
    }
    return trial
  }
}
