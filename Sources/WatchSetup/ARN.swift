/// An Amazon Resource Name: `arn:partition:service:region:account:resource`
/// (docs.aws.amazon.com, IAM user guide, "Identify AWS resources with Amazon Resource Names").
struct ARN: Equatable {
  var partition: String
  var service: String
  var region: String
  /// Twelve digits.
  var account: String
  var resource: String

  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), !parts[5].isEmpty,
      parts[4].utf8.count == 12, parts[4].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      parts[5].unicodeScalars.allSatisfy({ $0.isASCII && !$0.properties.isWhitespace })
    else { return nil }
    (partition, service, region) = (parts[1], parts[2], parts[3])
    (account, resource) = (parts[4], parts[5])
  }

  /// `us-east-1`, `us-gov-west-1`: words of small letters, then a number.
  static func isRegion(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let number = parts.last, !number.isEmpty, number.utf8.count <= 2 else {
      return false
    }
    return number.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && parts.dropLast().allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) }
      }
  }

  /// A trail's name: 3 to 128 letters, digits, `.`, `_`, `-` (CreateTrail).
  static func isTrailName(_ text: some StringProtocol) -> Bool {
    (3...128).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar) || scalar == "." || scalar == "_" || scalar == "-"
      }
  }
}
