import Posix
import WatchCore

/// The journal as plain lines, for `journal show`: one line an entry, whatever it holds.
public enum JournalText {
  public static let header = "SEQ     DATE       UTC           WHO       WHAT       ALERT   DETAIL"

  /// `428     2026-11-20 03:11:58.214Z mira      note       A-0141  "portal shows the same gap"`
  ///
  /// - Parameter picture: As it is at this entry or later: tells how long an acknowledgement took.
  public static func line(_ entry: Entry, in picture: Picture? = nil) -> String {
    let time = entry.at.iso
    let columns = [
      (String(entry.seq), 7), (entry.at.date, 10), (String(time.dropFirst(11)), 13),
      (entry.who, 9), (entry.event.kind, 10), (entry.event.alert?.text ?? "", 7),
    ]
    let head = columns.map { text, width in padded(text.plainLine.shortened(to: 40), width) }
    let detail = entry.detail(in: picture) + (entry.demo ? " [demo]" : "")
    return (head + [detail.plainLine]).joined(separator: " ")
  }

  /// All entries of a journal, oldest first, each with the picture as it then was.
  public static func each(_ entries: [Entry], _ give: (String) -> Void) {
    var picture = Picture()
    for entry in entries {
      picture.apply(entry)
      give(line(entry, in: picture))
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
