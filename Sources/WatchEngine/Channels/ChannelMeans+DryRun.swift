import CloudAPI
import Transfer
import WatchCore

extension ChannelMeans {
  /// What would be sent, with `<url from env:NAME>` where a secret would stand.
  func dryRun(_ notification: AlertNotification, _ plan: ChannelPlan) -> String {
    guard plan.kind.carries(notification.act) else {
      return "(nothing: \(plan.kind.rawValue) has no word for \(notification.act.rawValue))"
    }
    do throws(Unfit) {
      return try shown(notification, plan)
    } catch {
      return "(nothing: \(error.text))"
    }
  }

  private func shown(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) throws(Unfit) -> String {
    let url = plan.url.map { "<url from \($0.text)>" } ?? plan.setting("url") ?? "<no url>"
    let key = "<key from \(plan.key?.text ?? "nowhere")>"
    switch plan.kind {
    case .slack: return SlackChannel.request(notification, url: url).shown
    case .teams: return TeamsChannel.request(notification, url: url).shown
    case .pagerduty:
      return PagerDutyChannel.requests(
        notification, action: PagerDutyChannel.action(notification.act) ?? .trigger, key: key,
        endpoint: plan.setting("endpoint") ?? PagerDutyChannel.endpoint
      ).map(\.shown).joined(separator: "\n\n")
    case .jira: return try jira(notification, plan, key)
    case .email: return try email(notification, plan, key)
    case .sns: return try topic(notification, plan)
    case .webhook:
      return WebhookChannel.request(
        notification, url: url, seconds: now().millis / 1_000
      ) { _ in "<HMAC-SHA256 with \(key.dropFirst())" }.shown
    case .command:
      let arguments = plan.settings["run"] ?? []
      return "run \(arguments)\n\n"
        + String(decoding: CommandChannel.input(notification), as: UTF8.self)
    }
  }

  private func jira(
    _ notification: AlertNotification, _ plan: ChannelPlan, _ key: String
  ) throws(Unfit) -> String {
    let requests = try jiraRequests(
      plan, authorization: "Basic <base64 of \(try setting(plan, "user")) and \(key)>")
    var parts = [
      requests.search(notification).shown, "where there is none:",
      requests.create(notification).shown, "else, unless it has this message already:",
      requests.comments("KEY").shown, requests.comment(notification, on: "KEY").shown,
    ]
    if notification.act == .closed, let closing = plan.setting("transition") {
      parts += [
        "and, to \"\(closing)\":", requests.transitions("KEY").shown,
        requests.transition("KEY", id: "ID").shown,
      ]
    }
    return parts.joined(separator: "\n\n")
  }

  private func email(
    _ notification: AlertNotification, _ plan: ChannelPlan, _ key: String
  ) throws(Unfit) -> String {
    let (from, to) = (try setting(plan, "from"), plan.settings["to"] ?? [])
    let text = MailMessage.text(notification, from: from, to: to, at: now())
      .replacing("\r\n", with: "\n")
    if let sendmail = plan.setting("sendmail") {
      return "run \(MailChannel.arguments(sendmail: sendmail, from: from, to: to))\n\n\(text)"
    }
    let login = plan.setting("user").map { "AUTH \($0) \(key)\n" } ?? ""
    let envelope = ["MAIL FROM:<\(from)>"] + to.map { "RCPT TO:<\($0)>" }
    return "\(try setting(plan, "server"))\n\(login)\(envelope.joined(separator: "\n"))\n\n\(text)"
  }

  private func topic(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) throws(Unfit) -> String {
    guard let client = aws(plan.setting("account")) else { throw noAccount(plan) }
    let message = TopicChannel.message(notification, topic: try setting(plan, "topic"))
    do throws(AWSError) {
      var request = try client.publishRequest(message)
      request.headers.append(
        HTTPHeader(
          "Authorization", "<AWS4-HMAC-SHA256 by account \(plan.setting("account") ?? "")>"))
      return request.shown
    } catch {
      throw Unfit(text: error.plain)
    }
  }
}
