import CloudAPI
import Transfer
import WatchCore

/// Tells somebody by a channel: one attempt, and what became of it. Repeating, and what is journalled of
/// it, are the caller's.
public struct ChannelSender: Sendable {
  /// One attempt. Its answer holds no secret and is fit for the journal and a screen.
  public var send: @Sendable (AlertNotification, ChannelPlan) async -> ChannelAnswer
  /// The exact request as text, with the places of secrets in their stead. Sends nothing, reads no
  /// secret.
  public var dryRun: @Sendable (AlertNotification, ChannelPlan) -> String

  /// Whether somebody has taken on there what the channel accepted under that id.
  public var there: @Sendable (_ id: String, ChannelPlan) async -> ThereAnswer

  public init(
    send: @escaping @Sendable (AlertNotification, ChannelPlan) async -> ChannelAnswer,
    dryRun: @escaping @Sendable (AlertNotification, ChannelPlan) -> String,
    there: @escaping @Sendable (String, ChannelPlan) async -> ThereAnswer = { _, plan in
      .unknown("\(plan.kind.rawValue) does not say")
    }
  ) {
    self.send = send
    self.dryRun = dryRun
    self.there = there
  }

  /// - Parameters:
  ///   - mail: asked for at the first mail.
  ///   - aws: who publishes for an account of the configuration; one try a call, see
  ///     ``AWSClient/publish(_:)``.
  ///   - now: the time of an attempt, for signatures and a mail's date.
  public static func live(
    http: HTTPClient, secrets: ChannelSecrets,
    mail: MailClient = MailClient { _ throws(MailError) in throw .badAddress },
    process: ChannelProcess = ChannelProcess.live(environment: [:]),
    aws: @escaping @Sendable (_ account: String?) -> AWSClient? = { _ in nil },
    now: @escaping @Sendable () -> Timestamp
  ) -> ChannelSender {
    let means = ChannelMeans(
      http: http, secrets: secrets, mail: mail, process: process, aws: aws, now: now,
      tickets: JiraTickets())
    return ChannelSender(
      send: { notification, plan in
        guard plan.kind.carries(notification.act) else {
          return .unsent("\(plan.kind.rawValue) has no word for \(notification.act.rawValue)")
        }
        return await means.send(notification, plan).masked
      },
      dryRun: { notification, plan in means.dryRun(notification, plan) },
      there: { id, plan in await means.there(id, plan) })
  }
}

/// What channels are reached with.
struct ChannelMeans: Sendable {
  var http: HTTPClient
  var secrets: ChannelSecrets
  var mail: MailClient
  var process: ChannelProcess
  var aws: @Sendable (String?) -> AWSClient?
  var now: @Sendable () -> Timestamp
  var tickets: JiraTickets

  /// Why nothing was sent.
  struct Unfit: Error {
    var text: String
    /// It may be otherwise at the next attempt: a secret's file while it is changed.
    var mayPass = false
  }

  func setting(_ plan: ChannelPlan, _ key: String) throws(Unfit) -> String {
    guard let text = plan.setting(key) else {
      throw Unfit(text: "channel \(plan.name) has no \(key)")
    }
    return text
  }

  func secret(
    _ plan: ChannelPlan, _ place: SecretPlace?, _ key: String
  ) async throws(Unfit) -> String {
    guard let place else { throw Unfit(text: "channel \(plan.name) has no \(key)") }
    do throws(ChannelSecrets.Problem) {
      return try await secrets.read(place).reveal
    } catch {
      // The environment stays as it is for as long as the watch runs; a file does not.
      if case .notSet = error { throw Unfit(text: error.sentence) }
      throw Unfit(text: error.sentence, mayPass: true)
    }
  }
}
