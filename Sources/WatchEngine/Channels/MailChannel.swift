import CloudAPI
import Posix
import Transfer
import WatchCore

/// Mail: by SMTP over TLS, or by a sendmail of this machine.
enum MailChannel {
  static func answer(_ receipt: MailReceipt) -> ChannelAnswer {
    // Postfix, Exim and others: `queued as 4F1C2`, `id=1abc-…`; else the server's words. Who is not
    // among those it goes to comes first: that is what must not be cut.
    let missing = receipt.refused.map { "NOT to \($0.address) (\($0.code) \($0.text.prefix(60)))" }
    let parts = missing + (receipt.text.isEmpty ? [] : [receipt.text])
    return ChannelAnswer.accepted(id: parts.isEmpty ? nil : parts.joined(separator: ", ")).tidy
  }

  /// 4xx is for now, 5xx for good.
  static func answer(_ error: MailError) -> ChannelAnswer {
    switch error {
    case .badAddress: .unsent("mail: an address or the server's name cannot be used")
    case .answered(let receipt):
      answer(refused: receipt).tidy
    case .network(let error): .reading(error, of: "the mail server")
    }
  }

  /// What is said of a login (RFC 4954, 6) is of our key, and not of the mail.
  private static func answer(refused receipt: MailReceipt) -> ChannelAnswer {
    switch receipt.code {
    case ..<500: .failed(words(receipt), retryAfter: nil)
    case 530, 534, 535, 538: .failed(words(receipt), retryAfter: ChannelAnswer.slowly)
    default: .refused(words(receipt))
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
