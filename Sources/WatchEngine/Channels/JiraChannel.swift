import Transfer
import WatchCore

/// One ticket an incident: looked for by its label, made where there is none, commented on after. Every
/// step is looked for before it is done, so that a second attempt makes no second one.
struct JiraChannel {
  let requests: JiraRequests
  /// The transition, or the status it leads to, for an alert that is closed.
  let closing: String?
  let tickets: JiraTickets
  /// Sends one request; the answer without secrets.
  let send: (HTTPRequest) async throws(HTTPError) -> HTTPResponse

  /// Why a step ended the whole.
  struct Ending: Error {
    var answer: ChannelAnswer
    /// 404: there is no such ticket, or none that we may see.
    var isGone = false
  }

  func tell(_ notification: AlertNotification) async -> ChannelAnswer {
    let place = requests.place(notification)
    // Two messages of one alert at once would both find no ticket.
    await tickets.enter(place)
    let answer: ChannelAnswer
    do throws(Ending) {
      answer = try await steps(notification, place)
    } catch {
      answer = error.answer
    }
    await tickets.leave(place)
    return answer.tidy
  }

  private func steps(
    _ notification: AlertNotification, _ place: JiraTickets.Place
  ) async throws(Ending) -> ChannelAnswer {
    guard let ticket = try await find(notification, place) else {
      guard await !tickets.isLost(place) else {
        throw Ending(answer: .refused("Jira: its ticket is gone twice, or we may not see it"))
      }
      return try await make(notification, place)
    }
    do throws(Ending) {
      return try await follow(ticket, notification)
    } catch {
      guard error.isGone else { throw error }
      guard await tickets.forget(place, ticket.key) else {
        throw Ending(
          answer: .refused(
            "Jira: \(ticket.key) was made and is gone again, or we may not see it"))
      }
      return try await make(notification, place)
    }
  }

  private func make(
    _ notification: AlertNotification, _ place: JiraTickets.Place
  ) async throws(Ending) -> ChannelAnswer {
    let made = try await answered(requests.create(notification))
    guard let key = made["key"]?.string else { throw strange("it names no ticket") }
    await tickets.remember(place, key)
    try await close(key, notification, status: nil)
    return .accepted(id: key)
  }

  private func follow(
    _ ticket: Ticket, _ notification: AlertNotification
  ) async throws(Ending) -> ChannelAnswer {
    if try await !has(notification, ticket) {
      _ = try await answered(requests.comment(notification, on: ticket.key))
    }
    try await close(ticket.key, notification, status: ticket.status)
    return .accepted(id: ticket.key)
  }

  private struct Ticket {
    var key: String
    var status: String?
    /// What it was made with, as JSON.
    var text = ""
  }

  /// Jira's search is a little behind: what was made by this program is remembered.
  private func find(
    _ notification: AlertNotification, _ place: JiraTickets.Place
  ) async throws(Ending) -> Ticket? {
    let found = try await answered(requests.search(notification))
    guard let issues = found["issues"]?.array else { throw strange("it has no issues") }
    for issue in issues {
      guard let key = issue["key"]?.string else { throw strange("it names no ticket") }
      // The search is behind for what was deleted, too.
      if await tickets.isGone(key, place) { continue }
      let fields = issue["fields"]
      return Ticket(
        key: key, status: fields?["status"]?["name"]?.string,
        text: fields?["description"]?.line ?? "")
    }
    return await tickets.known(place).map { Ticket(key: $0) }
  }

  /// Whether the ticket has this very message: it was made with it, or it is a comment.
  private func has(
    _ notification: AlertNotification, _ ticket: Ticket
  ) async throws(Ending) -> Bool {
    let mark = "message \(MessageKey.text(notification.messageKey))\""
    if ticket.text.contains(mark) { return true }
    let found = try await answered(requests.comments(ticket.key))
    return (found["comments"]?.array ?? []).contains { $0["body"]?.line.contains(mark) == true }
  }

  private func close(
    _ key: String, _ notification: AlertNotification, status: String?
  ) async throws(Ending) {
    guard notification.act == .closed, let closing else { return }
    let wanted = closing.lowercased()
    if status?.lowercased() == wanted { return }
    let found = try await answered(requests.transitions(key))
    let match = (found["transitions"]?.array ?? []).first { transition in
      [transition["name"]?.string, transition["to"]?["name"]?.string].contains {
        $0?.lowercased() == wanted
      }
    }
    guard let id = match?["id"]?.string else {
      throw Ending(
        answer: .refused(
          "Jira: \(key) is told, but has no transition \"\(closing)\" from where it is"))
    }
    _ = try await answered(requests.transition(key, id: id))
  }

  /// The answer's JSON; 204 has none.
  func answered(_ request: HTTPRequest) async throws(Ending) -> JSON {
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try await send(request)
    } catch {
      throw Ending(answer: .reading(error, of: "Jira"))
    }
    var body: JSON?
    let answer = ChannelAnswer.reading(response, of: "Jira") { response in
      body = response.status == 204 ? .object([]) : try? JSON(bytes: response.body)
      return body == nil ? nil : .accepted(id: nil)
    }
    guard case .accepted = answer, let body else {
      throw Ending(answer: answer, isGone: response.status == 404)
    }
    return body
  }

  func strange(_ what: String) -> Ending {
    Ending(answer: .failed("Jira's answer cannot be read: \(what)", retryAfter: nil))
  }
}
