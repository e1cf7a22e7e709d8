/// Where the watch's figures go for Prometheus (docs/metrics.md): a file for node_exporter's textfile
/// collector, a page on a loopback port, or both.
public struct MetricsPlan: Hashable, Sendable {
  /// An absolute path.
  public var file: String?
  public var listen: LoopbackAddress?

  public init(file: String? = nil, listen: LoopbackAddress? = nil) {
    self.file = file
    self.listen = listen
  }

  var json: JSON {
    .facts([
      ("file", file.map(JSON.string)), ("listen", listen.map { .string($0.text) }),
    ])
  }
}

/// An address that this machine alone can reach, and a port: `127.0.0.1:9464`, `[::1]:9464`.
public struct LoopbackAddress: Hashable, Sendable {
  /// `127.0.0.1` or another of 127.0.0.0/8, or `::1`.
  public var host: String
  public var port: Int

  /// Nil for anything that is not a loopback address in numbers, or `localhost` (taken for
  /// 127.0.0.1: what a name leads to could change).
  public init?(text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = Self.port(text[text.index(after: colon)...])
    else { return nil }
    self.port = port
    switch text[..<colon] {
    case "localhost": host = "127.0.0.1"
    case "[::1]": host = "::1"
    case let other where Self.isLoopback(other): host = String(other)
    default: return nil
    }
  }

  public var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  private static func port(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(text), (1...65_535).contains(port)
    else { return nil }
    return port
  }

  private static func isLoopback(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count)
          && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
          && (Int(part).map { $0 < 256 } ?? false)
      }
  }
}
