import Transfer

/// A request in the one form that both sides of a signature compute.
/// (IAM User Guide, "Create a canonical request".)
struct CanonicalRequest: Sendable, Equatable {
  let method: String
  let path: String
  let query: String
  let headerLines: [String]
  let signedHeaders: String
  let bodyHash: String

  init(
    method: String, url: URLParts, headers: [HTTPHeader], bodyHash: String, encodesPathTwice: Bool
  ) {
    self.method = method.uppercased()
    self.bodyHash = bodyHash
    path = encodesPathTwice ? Self.encodedAgain(url.path) : url.path.isEmpty ? "/" : url.path
    query = Self.sortedQuery(url.query ?? "")
    let values = Self.grouped(headers, host: url.hostHeader)
    let names = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    headerLines = names.map { "\($0):\(values[$0] ?? "")" }
    signedHeaders = names.joined(separator: ";")
  }

  var text: String {
    ([method, path, query] + headerLines + ["", signedHeaders, bodyHash]).joined(separator: "\n")
  }

  /// Set or changed by what lies between us and AWS, so never signed.
  private static let unsigned: Set<String> = [
    "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
  ]

  private static func grouped(_ headers: [HTTPHeader], host: String) -> [String: String] {
    var values: [String: String] = [:]
    for header in headers {
      let name = header.name.lowercased()
      if unsigned.contains(name) { continue }
      let value = folded(header.value)
      values[name] = values[name].map { "\($0),\(value)" } ?? value
    }
    if values["host"] == nil { values["host"] = host }
    return values
  }

  /// Runs of space become one, ends are cut.
  private static func folded(_ value: String) -> String {
    value.unicodeScalars.split { $0 == " " || ("\t"..."\r").contains($0) }
      .map { String($0) }.joined(separator: " ")
  }

  /// Sorted by encoded name, then value; a name without a value gets `=`.
  private static func sortedQuery(_ query: String) -> String {
    if query.isEmpty { return "" }
    let pairs = query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
      .map { pair -> (name: [UInt8], value: [UInt8]) in
        let cut = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
        return (Array(pair[..<cut]), Array(pair[cut...].dropFirst()))
      }
    let sorted = pairs.sorted {
      $0.name == $1.name
        ? $0.value.lexicographicallyPrecedes($1.value)
        : $0.name.lexicographicallyPrecedes($1.name)
    }
    return sorted.map { String(decoding: $0.name + [UInt8(ascii: "=")] + $0.value, as: UTF8.self) }
      .joined(separator: "&")
  }

  /// Dot segments and doubled slashes go (RFC 3986, 5.2.4); then the encoded path is encoded once
  /// more, as all services but S3 do.
  private static func encodedAgain(_ path: String) -> String {
    var kept: [Substring] = []
    for segment in path.split(separator: "/", omittingEmptySubsequences: true) {
      switch segment {
      case ".": continue
      case "..": _ = kept.popLast()
      default: kept.append(segment)
      }
    }
    let end = path.hasSuffix("/") && !kept.isEmpty ? "/" : ""
    return PercentEncoding.encode("/\(kept.joined(separator: "/"))\(end)", keepingSlashes: true)
  }
}
