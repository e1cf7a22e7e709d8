import CloudAPI
import Transfer
import WatchCore

extension ChannelMeans {
  func jira(
    _ notification: AlertNotification, _ plan: ChannelPlan
  ) async throws(Unfit) -> ChannelAnswer {
    let (channel, hidden) = try await jira(plan)
    return await channel.tell(notification).hiding(hidden)
  }

  /// Whether somebody has taken on what a channel accepted under that id, where it can be asked.
  func there(_ id: String, _ plan: ChannelPlan) async -> ThereAnswer {
    guard plan.kind == .jira, JiraChannel.isKey(id) else {
      return .unknown("\(plan.kind.rawValue) does not say")
    }
    do throws(Unfit) {
      let (channel, hidden) = try await jira(plan)
      let answer = await channel.there(id)
      guard case .taken(let by) = answer else { return answer }
      return .taken(by: by.hiding(hidden))
    } catch {
      return .unknown(error.text)
    }
  }

  private func jira(
    _ plan: ChannelPlan
  ) async throws(Unfit) -> (channel: JiraChannel, hidden: [String]) {
    let token = try await secret(plan, plan.key, "key_from")
    let authorization = JiraRequests.authorization(
      user: try setting(plan, "user"), token: token)
    let hidden = [token, authorization, String(authorization.dropFirst(6))]
    let channel = JiraChannel(
      requests: try jiraRequests(plan, authorization: authorization),
      closing: plan.setting("transition"), tickets: tickets
    ) { request throws(HTTPError) in
      try await http.send(request).hiding(hidden)
    }
    return (channel, hidden)
  }

  func jiraRequests(
    _ plan: ChannelPlan, authorization: String
  ) throws(Unfit) -> JiraRequests {
    JiraRequests(
      site: try setting(plan, "site"), authorization: authorization,
      project: try setting(plan, "project"), issueType: plan.setting("issue_type") ?? "Task")
  }
}
