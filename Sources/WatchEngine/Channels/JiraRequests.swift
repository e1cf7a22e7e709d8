import CloudAPI
import Foundation
import Transfer
import WatchCore

/// The requests of one Jira Cloud site (REST API v3; texts in Atlassian Document Format, which knows
/// no wiki markup and no mentions in a text).
struct JiraRequests {
  var site: String
  /// The header's value, or what stands for it in a dry run.
  var authorization: String
  var project: String
  var issueType: String

  private static let limits = NotificationText.Limits(
    title: 1_000, label: 60, value: 2_000, rows: 60, bytes: 28_000)

  static func authorization(user: String, token: String) -> String {
    "Basic \(Data("\(user):\(token)".utf8).base64EncodedString())"
  }

  /// What an incident's ticket is found by.
  static func label(_ notification: AlertNotification) -> String {
    "watchkeeper-\(MessageKey.hash(notification.dedupKey))"
  }

  func place(_ notification: AlertNotification) -> JiraTickets.Place {
    JiraTickets.Place(site: site, project: project, label: Self.label(notification))
  }

  /// `POST /rest/api/3/search/jql`: the oldest tickets with the incident's label: one,
  /// and those that were deleted a moment ago.
  func search(_ notification: AlertNotification) -> HTTPRequest {
    let jql =
      "project = \"\(project)\" AND labels = \"\(Self.label(notification))\" ORDER BY created ASC"
    return post(
      "search/jql", ["jql": .string(jql), "maxResults": 5, "fields": ["status", "description"]])
  }

  /// `POST /rest/api/3/issue`. A summary takes 255 characters, on one line.
  func create(_ notification: AlertNotification) -> HTTPRequest {
    let text = NotificationText(notification, Self.limits)
    return post(
      "issue",
      [
        "fields": [
          "project": ["key": .string(project)], "issuetype": ["name": .string(issueType)],
          "summary": .string(Clip.line(text.whole, to: 255)),
          "labels": ["watchkeeper", .string(Self.label(notification))],
          "description": Self.document(text),
        ]
      ])
  }

  /// `GET /rest/api/3/issue/{key}/comment`: the newest, to see whether ours is there already.
  func comments(_ key: String) -> HTTPRequest {
    get("issue/\(PercentEncoding.encode(key))/comment?orderBy=-created&maxResults=50")
  }

  /// `POST /rest/api/3/issue/{key}/comment`
  func comment(_ notification: AlertNotification, on key: String) -> HTTPRequest {
    post(
      "issue/\(PercentEncoding.encode(key))/comment",
      ["body": Self.document(NotificationText(notification, Self.limits))])
  }

  /// `GET /rest/api/3/issue/{key}`: how far it is, and whose.
  func look(_ key: String) -> HTTPRequest {
    get("issue/\(PercentEncoding.encode(key))?fields=status,assignee")
  }

  /// `GET /rest/api/3/issue/{key}/transitions`
  func transitions(_ key: String) -> HTTPRequest {
    get("issue/\(PercentEncoding.encode(key))/transitions")
  }

  /// `POST /rest/api/3/issue/{key}/transitions`
  func transition(_ key: String, id: String) -> HTTPRequest {
    post(
      "issue/\(PercentEncoding.encode(key))/transitions", ["transition": ["id": .string(id)]])
  }

  private func post(_ path: String, _ body: JSON) -> HTTPRequest {
    .json(
      url: "\(site)/rest/api/3/\(path)", body,
      headers: [
        HTTPHeader("Accept", "application/json"), HTTPHeader("Authorization", authorization),
      ])
  }

  private func get(_ path: String) -> HTTPRequest {
    HTTPRequest(
      url: "\(site)/rest/api/3/\(path)",
      headers: [
        HTTPHeader("Accept", "application/json"), HTTPHeader("User-Agent", "watchkeeper/0.1.0"),
        HTTPHeader("Authorization", authorization),
      ], limits: .notification)
  }

  private static func document(_ text: NotificationText) -> JSON {
    var paragraphs = [paragraph([run(text.title, isStrong: true)])]
    paragraphs += text.rows.map { row in
      paragraph([run("\(row.label): ", isStrong: true), run(row.value)])
    }
    paragraphs.append(paragraph([run(text.footer)]))
    return ["type": "doc", "version": 1, "content": .array(paragraphs)]
  }

  private static func paragraph(_ runs: [JSON]) -> JSON {
    ["type": "paragraph", "content": .array(runs)]
  }

  private static func run(_ text: String, isStrong: Bool = false) -> JSON {
    .facts([
      ("type", "text"), ("text", .string(text)), ("marks", isStrong ? [["type": "strong"]] : nil),
    ])
  }
}
