import CloudAPI
import Foundation
import WatchCore

/// A notification as a mail (RFC 5322, RFC 2045, RFC 2047): plain text in UTF-8, no header of which an
/// outsider could end the line.
enum MailMessage {
  private static let limits = NotificationText.Limits(
    title: 300, label: 60, value: 8_000, rows: 100, bytes: 400_000)

  /// With CR LF line ends. `from` and `to` are checked addresses.
  static func text(
    _ notification: AlertNotification, from: String, to: [String], at sent: Timestamp
  ) -> String {
    let text = NotificationText(notification, limits)
    let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
    let thread = "<\(MessageKey.hash(notification.dedupKey)).thread@\(domain)>"
    let headers = [
      "From: watchkeeper <\(from)>", "To: \(to.joined(separator: ",\r\n "))",
      "Subject: \(encodedWords("[watchkeeper] \(text.title)"))", "Date: \(date(sent))",
      // The same at each attempt, so that a double can be told.
      "Message-ID: <\(MessageKey.hash(notification.messageKey))@\(domain)>",
      "In-Reply-To: \(thread)", "References: \(thread)",
      // Nobody's holiday answer is wanted (RFC 3834).
      "Auto-Submitted: auto-generated", "X-Watchkeeper-Act: \(notification.act.rawValue)",
      "X-Watchkeeper-Alert: \(notification.alert?.text ?? "none")",
      "X-Watchkeeper-Priority: \(notification.priority.rawValue)", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
    ]
    let width = min(text.rows.map(\.label.count).max() ?? 0, 16)
    let lines =
      [text.title, ""]
      + text.rows.map { row in
        row.label + String(repeating: " ", count: max(0, width - row.label.count)) + "  "
          + row.value
      } + ["", "-- ", text.footer, ""]
    return (headers + [""] + lines.map(QuotedPrintable.line)).joined(separator: "\r\n")
  }

  /// `Fri, 20 Nov 2026 03:02:15 +0000`
  static func date(_ time: Timestamp) -> String {
    TimeText.http(Date(timeIntervalSince1970: Double(time.millis) / 1_000))
      .replacing("GMT", with: "+0000")
  }

  /// Plain where it is plain; else encoded words of whole scalars each, in lines of at most 76
  /// characters with the header's name.
  static func encodedWords(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    if isPlain, !text.contains("=?") { return text }
    var words: [String] = []
    var piece: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if piece.count + bytes.count > 39 {
        words.append(encoded(piece))
        piece = []
      }
      piece += bytes
    }
    words.append(encoded(piece))
    return words.joined(separator: "\r\n ")
  }

  private static func encoded(_ bytes: [UInt8]) -> String {
    "=?utf-8?B?\(Data(bytes).base64EncodedString())?="
  }
}

/// Quoted-printable (RFC 2045, 6.7).
enum QuotedPrintable {
  /// One line of text; longer than 76 characters it is broken softly.
  static func line(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var out = ""
    var column = 0
    for (index, byte) in bytes.enumerated() {
      let isLast = index == bytes.count - 1
      let isPlain = (0x21...0x7E).contains(byte) && byte != 0x3D || byte == 0x20 && !isLast
      let piece = isPlain ? String(UnicodeScalar(byte)) : "=" + hex(byte)
      if column + piece.utf8.count > 75 {
        out += "=\r\n"
        column = 0
      }
      out += piece
      column += piece.utf8.count
    }
    return out
  }

  private static func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16, uppercase: true)
    return text.count == 1 ? "0\(text)" : text
  }
}
