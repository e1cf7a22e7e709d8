import CloudAPI
import WatchCore

/// Who is behind a subscription, named so that no address leaks.
struct Hearer: Sendable {
  var subscription: TopicSubscription

  init(_ subscription: TopicSubscription) {
    self.subscription = subscription
  }

  /// A human reads it, as far as the transport tells.
  var isHuman: Bool {
    ["email", "email-json", "sms", "http", "https", "application"].contains(subscription.transport)
  }

  /// `email m***@example.com`, `sms ***42`, `https hooks.example.com`.
  var label: String {
    let endpoint = subscription.endpoint
    switch subscription.transport {
    case "email", "email-json":
      let parts = endpoint.split(separator: "@", maxSplits: 1)
      guard parts.count == 2 else { return subscription.transport }
      return "\(subscription.transport) \(parts[0].prefix(1))***@\(parts[1])"
    case "sms": return "sms ***\(endpoint.suffix(2))"
    case "http", "https":
      let rest = endpoint.drop { $0 != ":" }.drop { $0 == ":" || $0 == "/" }
      let host = rest.prefix { $0 != "/" && $0 != "?" }.split(separator: "@").last ?? ""
      return "\(subscription.transport) \(host)"
    default: return "\(subscription.transport) \(AlertARN.label(endpoint))"
    }
  }
}
