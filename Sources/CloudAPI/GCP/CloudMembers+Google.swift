import Foundation

/// How Google's JSON writes protocol buffers (protobuf.dev, "ProtoJSON Format").
extension AnswerMembers where Answer == TokenAnswer {
  /// A 64-bit integer: a string, or a number.
  func int64(_ name: String) throws(CloudError) -> Int64? {
    guard let found = value[name], !found.isNull else { return nil }
    if case .number(let text) = found, let number = Int64(text) ?? Self.whole(text) {
      return number
    }
    if let text = found.string, let number = Int64(text) { return number }
    throw answer.unreadable("\(name) is not a whole number")
  }

  /// `1e3` and `5.0` are whole too.
  private static func whole(_ text: String) -> Int64? {
    Double(text).flatMap { Int64(exactly: $0) }
  }

  /// A duration in seconds: `3600s`, `1.5s`.
  func seconds(_ name: String) throws(CloudError) -> Double? {
    guard let text = try text(name) else { return nil }
    guard text.hasSuffix("s"), let seconds = Double(text.dropLast()), seconds.isFinite,
      text.utf8.allSatisfy({ (0x2d...0x39).contains($0) || $0 == UInt8(ascii: "s") })
    else { throw answer.unreadable("\(name) is not a duration") }
    return seconds
  }

  /// A map of strings; members of another kind are left out.
  func labels(_ name: String) throws(CloudError) -> [String: String] {
    var labels: [String: String] = [:]
    for member in try object(name)?.value.members ?? [] {
      if let text = member.value.string { labels[member.name] = text }
    }
    return labels
  }
}
