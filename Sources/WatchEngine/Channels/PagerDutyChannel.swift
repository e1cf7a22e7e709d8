import CloudAPI
import Transfer
import WatchCore

/// PagerDuty by Events API v2: trigger, acknowledge and resolve of incidents by their `dedup_key`.
///
/// A trigger for an incident that is open is added to its log, and nobody is notified; where it is
/// acknowledged neither (support.pagerduty.com, "Event Management"; Events API v2, "Event Action
/// Behavior"). So each call after the first opens an incident of its own, whose key is the alert's and
/// the call's number; all are acknowledged and resolved together.
enum PagerDutyChannel {
  static let endpoint = "https://events.pagerduty.com"

  /// 512,000 bytes an event, 1,024 characters a summary.
  private static let limits = NotificationText.Limits(
    title: 1_024, label: 60, value: 4_000, rows: 100, bytes: 400_000)

  /// So many of them are acknowledged and resolved, the newest and the first: all within the time that
  /// a message has, and the events of one key are limited to some hundred a minute.
  static let mostClosed = 20

  /// The keys that a message is about: a call's own, else those of all calls so far.
  static func keys(_ notification: AlertNotification, _ action: Action) -> [String] {
    let calls = max(1, notification.calls)
    guard action != .trigger else { return [key(notification, call: calls)] }
    let first = max(1, calls - mostClosed + 1)
    return ((first > 1 ? [1] : []) + Array(first...calls)).map { key(notification, call: $0) }
  }

  private static func key(_ notification: AlertNotification, call: Int) -> String {
    // 255 characters at most.
    let first = MessageKey.text(notification.dedupKey)
    return call == 1 ? first : "\(first):\(call)"
  }

  enum Action: String {
    case trigger, acknowledge, resolve
  }

  /// The call that is none of those any more when this one is made: its incident ends with it, so that none
  /// is left open for ever. Nil: all calls so far are.
  static func ended(_ notification: AlertNotification, _ action: Action) -> String? {
    let last = notification.calls - mostClosed
    return action == .trigger && last > 1 ? key(notification, call: last) : nil
  }

  /// Nil where PagerDuty has no word for it.
  static func action(_ act: AlertNotification.Act) -> Action? {
    guard ChannelPlan.Kind.pagerduty.carries(act) else { return nil }
    return switch act {
    case .acknowledged, .shelved: .acknowledge
    case .closed, .cleared: .resolve
    case .raised, .reopened, .escalated, .note, .test: .trigger
    }
  }

  /// One event for each incident that the message is about, in order.
  static func requests(
    _ notification: AlertNotification, action: Action, key: String, endpoint: String = endpoint
  ) -> [HTTPRequest] {
    func event(_ action: Action, _ incident: String) -> HTTPRequest {
      let isTrigger = action == .trigger
      return .json(
        url: "\(endpoint)/v2/enqueue",
        .facts([
          ("routing_key", .string(key)), ("event_action", .string(action.rawValue)),
          ("dedup_key", .string(incident)),
          ("payload", isTrigger ? payload(notification) : nil),
          ("client", isTrigger ? "watchkeeper" : nil),
        ]))
    }
    let ended = ended(notification, action).map { event(.resolve, $0) }
    return keys(notification, action).map { event(action, $0) } + [ended].compactMap(\.self)
  }

  private static func payload(_ notification: AlertNotification) -> JSON {
    let text = NotificationText(notification, limits)
    let source = Clip.line(notification.source, to: 300)
    return .facts([
      ("summary", .string(text.title)),
      ("source", .string(source.isEmpty ? "watchkeeper" : source)),
      ("severity", .string(severity(notification))), ("timestamp", .string(notification.at.iso)),
      ("component", source.isEmpty ? nil : .string(source)),
      ("class", notification.code.isEmpty ? nil : .string(Clip.line(notification.code, to: 300))),
      ("custom_details", .object(details(text, notification))),
    ])
  }

  /// An object: a label that comes twice is numbered.
  private static func details(
    _ text: NotificationText, _ notification: AlertNotification
  ) -> [JSON.Member] {
    var members: [JSON.Member] = []
    var seen: [String: Int] = [:]
    for row in text.rows {
      let count = seen[row.label, default: 0] + 1
      seen[row.label] = count
      let name = count == 1 ? row.label : "\(row.label) (\(count))"
      members.append(JSON.Member(name, .string(row.value)))
    }
    if notification.calls > 1 {
      let first = MessageKey.text(notification.dedupKey)
      members.append(JSON.Member("call", .string("\(notification.calls) of this alert")))
      members.append(JSON.Member("first_dedup_key", .string(first)))
    }
    members.append(JSON.Member("message_key", .string(MessageKey.text(notification.messageKey))))
    return members
  }

  private static func severity(_ notification: AlertNotification) -> String {
    if notification.act == .test { return "info" }
    return switch notification.priority {
    case .high: "critical"
    case .medium: "error"
    case .low: "warning"
    }
  }

  /// 202 `{"status":"success","dedup_key":…}`; 400 with `errors`; 429 when too many.
  static func answer(_ response: HTTPResponse) -> ChannelAnswer {
    ChannelAnswer.reading(response, of: "PagerDuty") { response in
      guard let body = try? JSON(bytes: response.body), body["status"]?.string == "success" else {
        return nil
      }
      return .accepted(id: body["dedup_key"]?.string)
    }
  }
}
