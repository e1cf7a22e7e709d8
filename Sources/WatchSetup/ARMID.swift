/// The id of an Azure resource in Resource Manager, taken apart:
/// `/subscriptions/GUID/resourceGroups/NAME/providers/NAMESPACE/TYPE/NAME`
/// (learn.microsoft.com, "Resource naming rules", "resourceId").
struct ARMID: Equatable {
  /// As written, with one slash at its start and none at its end.
  var text: String
  /// A GUID in lower case.
  var subscription: String
  /// In lower case: `microsoft.keyvault/vaults`.
  var type: String
  /// As written.
  var name: String

  init?(_ text: String) {
    var body = text[...]
    if body.hasPrefix("/") { body = body.dropFirst() }
    if body.hasSuffix("/") { body = body.dropLast() }
    let parts = body.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard text.utf8.count <= 2048, parts.count >= 8, parts.count % 2 == 0,
      parts[0].lowercased() == "subscriptions", let subscription = Self.guid(parts[1]),
      parts[2].lowercased() == "resourcegroups", parts[4].lowercased() == "providers",
      parts.allSatisfy(Self.isPart)
    else { return nil }
    self.text = "/\(body)"
    self.subscription = subscription
    let types = stride(from: 6, to: parts.count, by: 2).map { parts[$0] }
    type = ([parts[5]] + types).joined(separator: "/").lowercased()
    name = parts[parts.count - 1]
  }

  /// In lower case; nil for what is no GUID.
  static func guid(_ text: String) -> String? {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
      groups.allSatisfy({ $0.utf8.allSatisfy(Self.isHexDigit) })
    else { return nil }
    return text.lowercased()
  }

  /// 1 to 90 letters, digits, `_ - . ( )`, no point at the end ("Resource naming rules").
  static func isGroupName(_ text: String) -> Bool {
    (1...90).contains(text.utf8.count) && !text.hasSuffix(".")
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isWordOrDigit || "_-.()".unicodeScalars.contains(scalar)
      }
  }

  /// A table of a workspace: it stands in queries as it is.
  static func isTableName(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { $0.isWordOrDigit || $0 == "_" }
      && text.unicodeScalars.first.map { $0.isWordOrDigit && !("0"..."9").contains($0) } == true
  }

  /// Spaces are allowed in the names of alert rules; what would end a text or a path is not.
  private static func isPart(_ part: String) -> Bool {
    !part.isEmpty && part != "." && part != ".."
      && part.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F
          && !"\\\"'<>*%&:?#+".unicodeScalars.contains(scalar)
      }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}

extension Unicode.Scalar {
  /// An ASCII letter or digit.
  var isWordOrDigit: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}
