import CloudAPI
import Posix
import Transfer
import WatchCore

extension ChannelMeans {
  func send(_ notification: AlertNotification, _ plan: ChannelPlan) async -> ChannelAnswer {
    do throws(Unfit) {
      return switch plan.kind {
      case .slack: try await slack(notification, plan)
      case .teams: try await teams(notification, plan)
      case .pagerduty: try await pagerDuty(notification, plan)
      case .jira: try await jira(notification, plan)
      case .email: try await email(notification, plan)
      case .sns: try await topic(notification, plan)
      case .webhook: try await webhook(notification, plan)
      case .command: try await command(notification, plan)
      }
    } catch {
      return error.mayPass ? .failed(error.text, retryAfter: nil) : .unsent(error.text)
    }
  }

  /// One exchange; whatever of the secrets comes back is taken out.
  private func exchange(
    _ request: HTTPRequest, hiding secrets: [String], of whom: String,
    _ read: (HTTPResponse) -> ChannelAnswer
  ) async -> ChannelAnswer {
    do throws(HTTPError) {
      return read(try await http.send(request).hiding(secrets)).hiding(secrets)
    } catch {
      return ChannelAnswer.reading(error, of: whom).hiding(secrets).tidy
    }
  }

  /// An address that is a secret, and all parts of it that must not show.
  private func address(
    _ plan: ChannelPlan
  ) async throws(Unfit) -> (url: String, hidden: [String]) {
    if plan.url == nil, let url = plan.setting("url") { return (url, []) }
    let url = try await secret(plan, plan.url, "url_from")
    guard let parts = URLParts(url) else {
      throw Unfit(text: "\(plan.url?.text ?? "url_from") does not hold a URL")
    }
    return (url, [url] + parts.secrets)
  }

  private func slack(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) async throws(Unfit) -> ChannelAnswer {
    let (url, hidden) = try await address(plan)
    return await exchange(
      SlackChannel.request(notification, url: url), hiding: hidden, of: "Slack",
      SlackChannel.answer)
  }

  private func teams(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) async throws(Unfit) -> ChannelAnswer {
    let (url, hidden) = try await address(plan)
    return await exchange(
      TeamsChannel.request(notification, url: url), hiding: hidden, of: "Teams",
      TeamsChannel.answer)
  }

  private func pagerDuty(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) async throws(Unfit) -> ChannelAnswer {
    guard let action = PagerDutyChannel.action(notification.act) else {
      throw Unfit(text: "PagerDuty has no word for \(notification.act.rawValue)")
    }
    let key = try await secret(plan, plan.key, "key_from")
    let requests = PagerDutyChannel.requests(
      notification, action: action, key: key,
      endpoint: plan.setting("endpoint") ?? PagerDutyChannel.endpoint)
    var answers: [ChannelAnswer] = []
    // What was taken is taken again without harm when the whole is repeated.
    for request in requests {
      let answer = await exchange(
        request, hiding: [key], of: "PagerDuty", PagerDutyChannel.answer)
      guard case .accepted = answer else { return answer }
      answers.append(answer)
    }
    // A call's own id; an older one may have ended after it.
    return (action == .trigger ? answers.first : answers.last) ?? .accepted(id: nil)
  }

  private func webhook(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) async throws(Unfit) -> ChannelAnswer {
    let (url, hidden) = try await address(plan)
    let key = try await secret(plan, plan.key, "key_from")
    let request = WebhookChannel.request(
      notification, url: url, seconds: now().millis / 1_000
    ) { WebhookChannel.signature(of: $0, key: key) }
    return await exchange(
      request, hiding: hidden + [key], of: "the webhook", WebhookChannel.answer)
  }

  private func topic(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) async throws(Unfit) -> ChannelAnswer {
    guard let client = aws(plan.setting("account")) else { throw noAccount(plan) }
    let message = TopicChannel.message(notification, topic: try setting(plan, "topic"))
    do throws(AWSError) {
      return ChannelAnswer.accepted(id: try await client.publish(message)).tidy
    } catch {
      return TopicChannel.answer(error).tidy
    }
  }

  private func email(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) async throws(Unfit) -> ChannelAnswer {
    let (from, to) = (try setting(plan, "from"), plan.settings["to"] ?? [])
    guard ([from] + to).allSatisfy(MailRequest.isAddress), !to.isEmpty else {
      throw Unfit(text: "channel \(plan.name): from or to is no mail address")
    }
    let text = MailMessage.text(notification, from: from, to: to, at: now())
    if let sendmail = plan.setting("sendmail") {
      // A local sendmail reads lines that end with LF.
      return await run(
        MailChannel.arguments(sendmail: sendmail, from: from, to: to),
        Array(text.replacing("\r\n", with: "\n").utf8))
    }
    guard let server = MailServer(try setting(plan, "server")) else {
      throw Unfit(text: "channel \(plan.name): server is not smtps://HOST or smtp://HOST:587")
    }
    var request = MailRequest(server: server, from: from, to: to, message: Array(text.utf8))
    var hidden: [String] = []
    if let user = plan.setting("user") {
      let password = try await secret(plan, plan.key, "key_from")
      request.login = MailLogin(user: user, password: password)
      hidden = [password]
    }
    do throws(MailError) {
      return MailChannel.answer(try await mail.send(request)).hiding(hidden)
    } catch {
      return MailChannel.answer(error).hiding(hidden)
    }
  }

  private func command(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) async throws(Unfit) -> ChannelAnswer {
    guard let arguments = plan.settings["run"], !arguments.isEmpty else {
      throw Unfit(text: "channel \(plan.name) has no run")
    }
    return await run(arguments, CommandChannel.input(notification))
  }

  private func run(_ arguments: [String], _ input: [UInt8]) async -> ChannelAnswer {
    do throws(PosixError) {
      return CommandChannel.answer(try await process.run(arguments, input))
    } catch {
      return CommandChannel.answer(error)
    }
  }

  func noAccount(_ plan: ChannelPlan) -> Unfit {
    Unfit(
      text:
        "channel \(plan.name): there is no AWS account \(plan.setting("account") ?? "to publish as")"
    )
  }
}
