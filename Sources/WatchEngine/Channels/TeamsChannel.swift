import CloudAPI
import Transfer
import WatchCore

/// Microsoft Teams by a workflow ("Post to a channel when a webhook request is received"): an adaptive
/// card in a message (Adaptive Cards schema 1.4; Teams, "Format cards").
enum TeamsChannel {
  /// A message takes 28 KB; the card around the rows is about one.
  private static let limits = NotificationText.Limits(
    title: 500, label: 60, value: 1_200, rows: 40, bytes: 22_000, rowBytes: 170)

  static func request(_ notification: AlertNotification, url: String) -> HTTPRequest {
    let text = NotificationText(notification, limits)
    var body = [rich([run(text.title, weight: "Bolder", size: "Large")])]
    body += text.rows.map { row in
      rich([run("\(row.label): ", weight: "Bolder"), run(row.value)], spacing: "Small")
    }
    body.append(rich([run(text.footer, size: "Small", isSubtle: true)]))
    let card: JSON = [
      "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
      "version": "1.4", "msteams": ["width": "Full"], "body": .array(body),
    ]
    return .json(
      url: url,
      [
        "type": "message",
        "attachments": [
          [
            "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": .null,
            "content": card,
          ]
        ],
      ])
  }

  /// Rich text blocks, because their runs know no Markdown: text blocks and fact sets do.
  private static func rich(_ runs: [JSON], spacing: String? = nil) -> JSON {
    .facts([
      ("type", "RichTextBlock"), ("spacing", spacing.map(JSON.string)), ("inlines", .array(runs)),
    ])
  }

  private static func run(
    _ text: String, weight: String? = nil, size: String? = nil, isSubtle: Bool = false
  ) -> JSON {
    // {{DATE(…)}} is a function of every text in a card.
    var calm = text
    while calm.contains("{{") { calm = calm.replacing("{{", with: "{ {") }
    return .facts([
      ("type", "TextRun"), ("text", .string(calm)), ("weight", weight.map(JSON.string)),
      ("size", size.map(JSON.string)), ("isSubtle", isSubtle ? true : nil),
    ])
  }

  /// 202 with the run's id: the workflow has it; whether it posts, the workflow's history says.
  static func answer(_ response: HTTPResponse) -> ChannelAnswer {
    ChannelAnswer.reading(response, of: "Teams") { response in
      response.body.isEmpty || response.header("x-ms-workflow-run-id") != nil
        || response.status == 202
        ? .accepted(id: response.header("x-ms-workflow-run-id")) : nil
    }
  }
}
