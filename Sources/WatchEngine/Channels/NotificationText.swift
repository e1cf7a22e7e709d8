import WatchCore

/// A notification's words made fit for a channel: cleaned (everything in it may come from whoever
/// attacks), within the channel's limits, and saying where it was cut.
struct NotificationText: Equatable {
  var title: String
  /// The title before it was cut: what else is made of it is cut, and counted, once.
  var whole: String
  var facts: [Row]
  /// What every channel says of an alert, after its facts.
  var reference: [Row]
  /// `watchkeeper, alert A-0001, message 4f1c…`
  var footer: String

  struct Row: Equatable {
    var label: String
    var value: String
  }

  /// What a channel takes.
  struct Limits {
    /// Characters.
    var title = 1_000
    var label = 60
    var value = 2_000
    var rows = 40
    /// Bytes of all rows as JSON, and what a row costs besides its texts.
    var bytes = 200_000
    var rowBytes = 20
  }

  init(_ notification: AlertNotification, _ limits: Limits = Limits()) {
    let isEmpty = Clip.line(notification.title, to: .max).isEmpty
    whole = isEmpty ? "(no title)" : notification.title
    title = Clip.line(whole, to: limits.title)
    reference = Self.reference(notification, limits)
    facts = Self.fitting(notification.facts, beside: reference, limits)
    let alert = notification.alert.map { ", alert \($0.text)" } ?? ""
    footer = "watchkeeper\(alert), message \(MessageKey.text(notification.messageKey))"
  }

  var rows: [Row] { facts + reference }

  private static func reference(_ notification: AlertNotification, _ limits: Limits) -> [Row] {
    let role = notification.role.map { $0 == notification.to ? "" : " (\($0))" } ?? ""
    let pairs = [
      ("source", notification.source), ("failure", notification.code),
      ("for", notification.to + role), ("at", notification.at.iso),
    ]
    return pairs.compactMap { label, value in
      let row = Row(label: label, value: Clip.line(value, to: min(limits.value, 300)))
      return row.value.isEmpty ? nil : row
    }
  }

  /// As many facts as there is room for; the rest is counted in a last row.
  private static func fitting(
    _ facts: [AlertNotification.Fact], beside last: [Row], _ limits: Limits
  ) -> [Row] {
    var rows: [Row] = []
    var bytes = last.map { cost($0, limits) }.reduce(0, +) + 200
    for (index, fact) in facts.enumerated() {
      let row = Row(
        label: nonempty(Clip.line(fact.label, to: limits.label)),
        value: nonempty(Clip.line(fact.value, to: limits.value)))
      bytes += cost(row, limits)
      let isLast = index == facts.count - 1
      let room = limits.rows - last.count - (isLast ? 0 : 1)
      guard rows.count < room, bytes <= limits.bytes else {
        let count = facts.count - index
        return rows + [
          Row(
            label: "more", value: "… \(count) more \(count == 1 ? "fact" : "facts"), in the journal"
          )
        ]
      }
      rows.append(row)
    }
    return rows
  }

  private static func nonempty(_ text: String) -> String { text.isEmpty ? "-" : text }

  private static func cost(_ row: Row, _ limits: Limits) -> Int {
    JSON.string(row.label).line.utf8.count + JSON.string(row.value).line.utf8.count
      + limits.rowBytes
  }
}
