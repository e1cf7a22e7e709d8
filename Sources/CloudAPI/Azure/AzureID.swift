/// The id of a resource, as Resource Manager writes them: parts between slashes, case of no matter.
/// One slash at the start and none at the end, whatever was sent.
public struct AzureID: Sendable, Hashable, CustomStringConvertible {
  /// As sent, but for the slashes at both ends.
  public let text: String
  private let key: String

  /// Nil for what cannot be an id: empty parts, dots alone (they would lead elsewhere), control
  /// characters, more than 2,048 bytes.
  public init?(_ text: String) {
    var body = text[...]
    if body.hasPrefix("/") { body.removeFirst() }
    if body.hasSuffix("/") { body.removeLast() }
    let parts = body.split(separator: "/", omittingEmptySubsequences: false)
    guard body.utf8.count <= 2_048, parts.allSatisfy({ !["", ".", ".."].contains($0) }),
      body.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f && $0 != "\\" })
    else { return nil }
    self.text = "/\(body)"
    key = self.text.lowercased()
  }

  public static func subscription(_ id: String) -> AzureID? { AzureID("/subscriptions/\(id)") }

  public var description: String { text }

  public static func == (one: AzureID, other: AzureID) -> Bool { one.key == other.key }

  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// In small letters: for comparing and sorting.
  public var lowercased: String { key }

  /// The part after `subscriptions`, as sent.
  public var subscriptionID: String? { part(after: "subscriptions") }
  public var resourceGroup: String? { part(after: "resourcegroups") }

  /// The last part: a resource's name.
  public var name: String { String(parts.last ?? "") }

  /// `microsoft.storage/storageaccounts`, in small letters; nil for ids without a provider.
  public var type: String? {
    let lower = key.split(separator: "/")
    guard let at = lower.lastIndex(of: "providers"), at + 2 < lower.count else { return nil }
    let kinds = stride(from: at + 2, to: lower.count, by: 2).map { String(lower[$0]) }
    return ([String(lower[at + 1])] + kinds).joined(separator: "/")
  }

  /// Whether this is what `other` is inside of (or is): a scope and what it covers.
  public func covers(_ other: AzureID) -> Bool {
    key == other.key || other.key.hasPrefix("\(key)/")
  }

  /// The id of something inside of this one; nil for a name that cannot be a part.
  public func appending(_ tail: String) -> AzureID? { AzureID("\(text)/\(tail)") }

  /// Kind and name, for messages: `workspaces/central`.
  var short: String { parts.suffix(2).joined(separator: "/") }

  /// As a URL's path.
  var path: String { PercentEncoding.encode(text, keepingSlashes: true) }

  private var parts: [Substring] { text.split(separator: "/") }

  private func part(after word: String) -> String? {
    let parts = parts
    guard let at = parts.firstIndex(where: { $0.lowercased() == word }), at + 1 < parts.count
    else { return nil }
    return String(parts[at + 1])
  }
}
