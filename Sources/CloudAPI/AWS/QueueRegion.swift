/// Which region a queue is in, by its URL: `https://sqs.us-east-1.amazonaws.com/111122223333/name`,
/// the old `https://us-east-1.queue.amazonaws.com/…`, and `https://queue.amazonaws.com/…`.
public enum QueueRegion {
  /// Nil for a host that names none, such as a test server's.
  public static func of(_ url: String) -> String? {
    guard let start = url.range(of: "://")?.upperBound else { return nil }
    let host = url[start...].prefix { $0 != "/" && $0 != ":" }.lowercased()
    let labels = host.split(separator: ".").map(String.init)
    guard labels.count >= 3, host.contains("amazonaws.") || host.contains("api.aws") else {
      return nil
    }
    if labels.first == "queue" { return "us-east-1" }
    if labels.count > 1, labels[1] == "queue" { return region(labels[0]) }
    return labels.firstIndex { $0 == "sqs" || $0 == "sqs-fips" }.flatMap { at in
      at + 1 < labels.count ? region(labels[at + 1]) : nil
    }
  }

  private static func region(_ label: String) -> String? {
    AWSPartition.isRegionName(label) ? label : nil
  }
}
