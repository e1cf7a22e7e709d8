/// The fields of an Amazon resource name: `arn:aws:kms:us-east-1:111122223333:key/1234`.
struct PartARN: Hashable, Sendable {
  var service: String
  /// Empty where the service has no regions.
  var region: String
  /// Empty for buckets.
  var account: String
  /// Everything behind the account.
  var resource: String

  /// Nil for what is no ARN.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), !parts[5].isEmpty else {
      return nil
    }
    (service, region, account, resource) = (
      String(parts[2]), String(parts[3]), String(parts[4]), String(parts[5])
    )
  }

  /// What is behind `kind/` or `kind:`; nil for another kind.
  func name(of kind: String) -> String? {
    for separator in ["/", ":"] where resource.hasPrefix(kind + separator) {
      return String(resource.dropFirst(kind.count + 1))
    }
    return nil
  }

  /// Whether it can be what happened in that account and region; unknown ones fit.
  func fits(account other: String?, region place: String) -> Bool {
    (region.isEmpty || region == place) && (account.isEmpty || other == nil || account == other)
  }
}
