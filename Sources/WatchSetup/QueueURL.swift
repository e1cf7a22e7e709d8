/// A queue's address, taken apart: `https://sqs.us-east-1.amazonaws.com/111122223333/audit-events`.
struct QueueURL: Equatable {
  var isSecure: Bool
  var host: String
  /// Twelve digits.
  var account: String
  var name: String

  init?(_ text: String) {
    guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else {
      return nil
    }
    let parts = text.dropFirst(scheme.count).split(
      separator: "/", omittingEmptySubsequences: false
    ).map(String.init)
    guard parts.count == 3, !parts[0].isEmpty, !parts[0].contains("@"), parts[1].utf8.count == 12,
      parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), Self.isName(parts[2]),
      parts[0].unicodeScalars.allSatisfy({ $0.isASCII && !$0.properties.isWhitespace })
    else { return nil }
    isSecure = scheme == "https://"
    (host, account, name) = (parts[0], parts[1], parts[2])
  }

  /// `us-east-1`; nil where the host does not say, as a VPC endpoint's or a test server's.
  var region: String? {
    let labels = host.split(separator: ".").map(String.init)
    if labels.count > 2, labels[0] == "sqs" || labels[0] == "sqs-fips", ARN.isRegion(labels[1]) {
      return labels[1]
    }
    // The old form: REGION.queue.amazonaws.com.
    if labels.count > 2, labels[1] == "queue", ARN.isRegion(labels[0]) { return labels[0] }
    return nil
  }

  /// This machine: a test server.
  var isLocal: Bool {
    let name = host.split(separator: ":").first.map(String.init) ?? host
    return name == "127.0.0.1" || name == "localhost" || host.hasPrefix("[::1]")
  }

  /// Letters, digits, `-` and `_`, 80 at most, `.fifo` at the end (SQS CreateQueue).
  private static func isName(_ text: String) -> Bool {
    let stem = text.hasSuffix(".fifo") ? text.dropLast(5) : text[...]
    return (1...80).contains(text.utf8.count) && !stem.isEmpty
      && stem.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }
}
