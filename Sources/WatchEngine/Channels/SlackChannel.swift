import CloudAPI
import Transfer
import WatchCore

/// Slack by an incoming webhook ("Sending messages using incoming webhooks", Block Kit reference).
enum SlackChannel {
  /// A header takes 150 characters, a field 2,000, a section 10 fields, a message 50 blocks.
  private static let limits = NotificationText.Limits(
    title: 300, label: 60, value: 1_500, rows: 40, bytes: 100_000)

  static func request(_ notification: AlertNotification, url: String) -> HTTPRequest {
    let text = NotificationText(notification, limits)
    var blocks: [JSON] = [["type": "header", "text": plain(text.whole, limit: 150)]]
    if text.title.utf16.count > 150 {
      blocks.append(["type": "section", "text": plain(text.whole, limit: 1_000)])
    }
    // Two columns: label, value. Five rows are ten fields.
    for start in stride(from: 0, to: text.rows.count, by: 5) {
      let fields = text.rows[start..<min(start + 5, text.rows.count)].flatMap { row in
        [plain(row.label, limit: 1_900), plain(row.value, limit: 1_900)]
      }
      blocks.append(["type": "section", "fields": .array(fields)])
    }
    blocks.append(["type": "context", "elements": [plain(text.footer, limit: 1_900)]])
    return .json(
      url: url,
      [
        // What a phone's banner shows. Links are not looked at by Slack: a fact may hold one.
        "text": .string(escaped(text.whole, limit: 1_000)), "unfurl_links": false,
        "unfurl_media": false, "blocks": .array(blocks),
      ])
  }

  /// Plain text objects know no formatting, no mentions and no links.
  private static func plain(_ text: String, limit: Int) -> JSON {
    ["type": "plain_text", "text": .string(escaped(text, limit: limit)), "emoji": false]
  }

  /// `&`, `<` and `>` as Slack wants them ("Escaping text"), which also takes the sense out of
  /// `<!channel>`; within the limit as escaped.
  private static func escaped(_ text: String, limit: Int) -> String {
    var room = limit
    while true {
      let out = Clip.line(text, to: room).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        .replacing(">", with: "&gt;")
      let excess = out.utf16.count - limit
      if excess <= 0 || room <= 1 { return out }
      room = max(1, room - max(1, excess / 4))
    }
  }

  /// 200 `ok`; else a word of its own, such as `invalid_payload` or `channel_is_archived`.
  static func answer(_ response: HTTPResponse) -> ChannelAnswer {
    ChannelAnswer.reading(response, of: "Slack") { response in
      let word = String(decoding: response.body.prefix(100), as: UTF8.self)
      return word == "ok" ? .accepted(id: nil) : nil
    }
  }
}
