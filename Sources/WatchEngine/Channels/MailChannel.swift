import CloudAPI
import Posix
import Transfer
import WatchCore

/// Mail: by SMTP over TLS, or by a sendmail of this machine.
enum MailChannel {
  static func answer(_ receipt: MailReceipt) -> ChannelAnswer {
    // Postfix, Exim and others: `queued as 4F1C2`, `id=1abc-…`; else the server's words.
    ChannelAnswer.accepted(id: receipt.text.isEmpty ? nil : receipt.text).tidy
  }

  /// 4xx is for now, 5xx for good.
  static func answer(_ error: MailError) -> ChannelAnswer {
    switch error {
    case .badAddress: .refused("mail: an address or the server's name cannot be used")
    case .answered(let receipt):
      receipt.code < 500
        ? ChannelAnswer.failed(words(receipt), retryAfter: nil).tidy
        : ChannelAnswer.refused(words(receipt)).tidy
    case .network(let error): .reading(error, of: "the mail server")
    }
  }

  private static func words(_ receipt: MailReceipt) -> String {
    "the mail server answered \(receipt.code): \(receipt.text)"
  }

  /// `-i`: a line with a dot alone is no end; the addresses are checked, and `--` ends the options.
  static func arguments(sendmail: String, from: String, to: [String]) -> [String] {
    [sendmail, "-i", "-f", from, "--"] + to
  }
}
