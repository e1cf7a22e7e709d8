import CloudAPI
import WatchCore

extension AlertNotification {
  /// The notification as programs get it, by webhook or on a command's standard input
  /// (docs/channels.md). Texts are as in the journal, within limits; JSON's escapes keep control
  /// characters from whoever shows it.
  var document: JSON {
    let text = NotificationText(
      self, NotificationText.Limits(title: 4_000, label: 200, value: 8_000, rows: 104))
    return .facts([
      ("schema", 1), ("act", .string(act.rawValue)), ("alert", alert.map { .string($0.text) }),
      ("dedup_key", .string(MessageKey.text(dedupKey))),
      ("message_key", .string(MessageKey.text(messageKey))),
      ("priority", .string(priority.rawValue)), ("title", .string(text.title)),
      ("source", .string(Clip.line(source, to: 300))), ("code", .string(Clip.line(code, to: 300))),
      (
        "facts",
        .array(text.facts.map { ["label": .string($0.label), "value": .string($0.value)] })
      ),
      ("to", .string(Clip.line(to, to: 300))),
      ("role", role.map { .string(Clip.line($0, to: 300)) }),
      ("at", .string(at.iso)),
    ])
  }
}
