import CloudAPI
import WatchCore

/// Amazon SNS: a topic's subscribers get a text, and may filter by its attributes (SNS API Reference,
/// `Publish`; Developer Guide, "Message filtering").
enum TopicChannel {
  /// 256 KiB a message, attributes included; percent-encoding does not count.
  private static let limits = NotificationText.Limits(
    title: 1_000, value: 4_000, rows: 60, bytes: 150_000)

  static func message(_ notification: AlertNotification, topic: String) -> TopicMessage {
    let text = NotificationText(notification, limits)
    let lines =
      [text.title, ""] + text.rows.map { "\($0.label): \($0.value)" } + ["", text.footer]
    let texts: JSON = [
      "default": .string(lines.joined(separator: "\n")),
      // One text message's worth: the carrier cuts, and charges, by 140 bytes.
      "sms": .string(ascii(Clip.line(text.whole, to: 140))),
    ]
    var message = TopicMessage(
      topic: topic, subject: subject(text.whole), texts: texts.line,
      attributes: attributes(notification))
    if topic.hasSuffix(".fifo") {
      message.group = MessageKey.hash(notification.dedupKey)
      message.deduplication = MessageKey.text(notification.messageKey)
    }
    return message
  }

  /// ASCII, at most 100 characters, begins with a letter, a digit or punctuation.
  private static func subject(_ title: String) -> String { ascii(Clip.line(title, to: 100)) }

  private static func ascii(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      // The mark of a cut.
      out += scalar == "…" ? "." : scalar.isASCII ? String(scalar) : "?"
    }
    return out
  }

  /// Ten at most where a queue gets them raw.
  private static func attributes(_ notification: AlertNotification) -> [TopicMessage.Attribute] {
    [
      ("act", notification.act.rawValue), ("priority", notification.priority.rawValue),
      ("alert", notification.alert?.text ?? ""),
      ("source", Clip.line(notification.source, to: 200)),
      ("code", Clip.line(notification.code, to: 200)),
      ("dedup_key", MessageKey.text(notification.dedupKey)),
      ("message_key", MessageKey.text(notification.messageKey)),
    ].filter { !$0.1.isEmpty }.map { TopicMessage.Attribute($0.0, $0.1) }
  }

  static func answer(_ error: AWSError) -> ChannelAnswer {
    let text = "SNS: \(error.plain)"
    return switch error {
    // Keys that cannot be had now may be there later.
    case .throttled, .unreadable, .network, .credentials, .clockSkew:
      .failed(text, retryAfter: nil)
    case .service(let answered):
      answered.status >= 500 ? .failed(text, retryAfter: nil) : .refused(text)
    case .denied: .failed(text, retryAfter: ChannelAnswer.slowly)
    case .settings: .unsent(text)
    }
  }
}
