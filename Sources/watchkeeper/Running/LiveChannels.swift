import CloudAPI
import Transfer
import WatchCore
import WatchEngine

/// The configured channels on the real network: where plans become a sender. Reads no secret and
/// sends nothing until somebody is told.
enum LiveChannels {
  static func sender(
    _ plan: WatchPlan, http: HTTPClient, _ surroundings: Surroundings
  ) throws(ProgramError) -> ChannelSender {
    let (environment, home) = (surroundings.environment, surroundings.home ?? "/nonexistent")
    let mail = try mail(plan, environment)
    let clients = clients(plan, http: http, environment: environment, home: home)
    return .live(
      http: http, secrets: .live(environment: environment, home: home), mail: mail,
      process: .live(environment: environment), aws: { $0.flatMap { clients[$0] } },
      now: { ProgramClock.system.now() })
  }

  /// What a watch does by channels, each by its name.
  struct Ways: Sendable {
    /// One attempt.
    var notify: @Sendable (AlertNotification, String) async -> ChannelAnswer
    var there: @Sendable (_ id: String, _ channel: String) async -> ThereAnswer
  }

  /// Nil where the configuration has no channel.
  static func ways(
    _ plan: WatchPlan, http: HTTPClient, _ surroundings: Surroundings
  ) throws(ProgramError) -> Ways? {
    guard !plan.channels.isEmpty else { return nil }
    let sender = try sender(plan, http: http, surroundings)
    return Ways(
      notify: { notification, name in
        guard let channel = plan.channel(name) else {
          return .unsent("the configuration has no channel \(name)")
        }
        return await sender.send(notification, channel)
      },
      there: { id, name in
        guard let channel = plan.channel(name) else { return .unknown("no channel \(name)") }
        return await sender.there(id, channel)
      })
  }

  /// A thread of its own, where a channel needs it.
  private static func mail(
    _ plan: WatchPlan, _ environment: [String: String]
  ) throws(ProgramError) -> MailClient {
    guard plan.channels.contains(where: { $0.setting("server") != nil }) else {
      return MailClient { _ throws(MailError) in throw .badAddress }
    }
    do throws(HTTPError) {
      return try CurlTransfer.mailClient(CloudClients.transferSettings(environment))
    } catch {
      throw ProgramError("the network library does not start: \(error)")
    }
  }

  /// One try a call: whether to repeat is the outbox's to say, and is journalled.
  private static func clients(
    _ plan: WatchPlan, http: HTTPClient, environment: [String: String], home: String
  ) -> [String: AWSClient] {
    var clients: [String: AWSClient] = [:]
    for channel in plan.channels where channel.kind == .sns {
      guard let name = channel.setting("account"), let account = plan.account(.aws, name) else {
        continue
      }
      var access = AWSAccess(account, environment: environment, home: home)
      access.backoff = Backoff(tries: 1)
      access.callSeconds = 15
      clients[name] = AWSClient(access: access, http: http)
    }
    return clients
  }
}
