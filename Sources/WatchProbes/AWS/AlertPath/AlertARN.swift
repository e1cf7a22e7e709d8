import CloudAPI

/// An Amazon resource name in its fields: `arn:aws:sns:us-east-1:111122223333:audit`.
struct AlertARN: Hashable, Sendable {
  var partition: String
  var service: String
  /// Empty where the service has no regions.
  var region: String
  var account: String
  /// Everything behind the account.
  var resource: String

  /// Nil for what is no ARN, or names a region that may not become part of a host name.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), !parts[5].isEmpty,
      parts[3].isEmpty || AWSPartition.isRegionName(String(parts[3]))
    else { return nil }
    (partition, service, region, account, resource) = (
      String(parts[1]), String(parts[2]), String(parts[3]), String(parts[4]), String(parts[5])
    )
  }

  /// A log group's name; nil for another kind.
  var logGroup: String? {
    guard service == "logs", resource.hasPrefix("log-group:") else { return nil }
    let name = resource.dropFirst(10)
    return String(name.hasSuffix(":*") ? name.dropLast(2) : name)
  }

  /// A role's name, without its path; nil for another kind.
  var role: String? {
    guard service == "iam", resource.hasPrefix("role/") else { return nil }
    return resource.split(separator: "/").last.map(String.init)
  }

  /// The name behind the last slash or colon, for people.
  var shortName: String {
    resource.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? resource
  }

  /// What people call the thing that a text names.
  static func label(_ text: String) -> String {
    guard let arn = AlertARN(text) else { return text }
    return arn.logGroup ?? arn.shortName
  }

  /// A queue's URL as AWS makes it of its name.
  var queueURL: String? {
    guard service == "sqs", !region.isEmpty else { return nil }
    let suffix = (AWSPartition.named(partition) ?? .aws).suffix
    return "https://sqs.\(region).\(suffix)/\(account)/\(resource)"
  }

  /// The queue that a URL names: `https://sqs.us-east-1.amazonaws.com/111122223333/watch`.
  /// - Parameter region: where the URL's host does not say.
  static func queue(url: String, region: String, partition: String) -> String? {
    let parts = url.split(separator: "/").map(String.init)
    guard parts.count >= 4, let name = parts.last, LogLayout.isAccount(parts[parts.count - 2][...])
    else { return nil }
    let labels = parts[1].split(separator: ".").map(String.init)
    let named = labels.count > 2 && labels[0].hasPrefix("sqs") ? labels[1] : region
    return "arn:\(partition):sqs:\(named):\(parts[parts.count - 2]):\(name)"
  }
}
