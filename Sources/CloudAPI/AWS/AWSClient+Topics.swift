import Foundation

/// A topic's attributes (SNS API Reference, `GetTopicAttributes`).
public struct TopicSettings: Sendable, Equatable {
  public var arn: String
  /// The policy's JSON text.
  public var policy: String?
  public var kmsKeyID: String?
  public var confirmed: Int?
  public var pending: Int?

  public init(arn: String) {
    self.arn = arn
  }
}

/// A topic's subscription (`Subscription`).
public struct TopicSubscription: Sendable, Equatable {
  /// An ARN, or `PendingConfirmation`, or `Deleted`.
  public var arn: String
  /// `email`, `https`, `sqs`, `lambda`, `sms` …
  public var transport: String
  public var endpoint: String
  public var owner: String?

  /// Confirmed, so that messages go there.
  public var isConfirmed: Bool { arn.hasPrefix("arn:") }

  public init(arn: String, transport: String, endpoint: String, owner: String? = nil) {
    self.arn = arn
    self.transport = transport
    self.endpoint = endpoint
    self.owner = owner
  }
}

/// A subscription's attributes (`GetSubscriptionAttributes`).
public struct SubscriptionSettings: Sendable, Equatable {
  public var arn: String
  /// Which messages are let through, as JSON text; nil: all.
  public var filterPolicy: String?
  /// Whether the policy reads the message's body, and not its attributes.
  public var filtersBody = false
  public var isPending: Bool?
  public var isRaw: Bool?

  public init(arn: String) {
    self.arn = arn
  }
}

extension AWSClient {
  /// GetTopicAttributes. IAM: `sns:GetTopicAttributes`.
  public func topic(arn: String, region: String) async throws(AWSError) -> TopicSettings {
    let found = try await snsAttributes("GetTopicAttributes", "TopicArn", arn, region)
    var topic = TopicSettings(arn: try found.need("TopicArn"))
    topic.policy = found["Policy"]
    topic.kmsKeyID = found["KmsMasterKeyId"]
    topic.confirmed = try found.count("SubscriptionsConfirmed")
    topic.pending = try found.count("SubscriptionsPending")
    return topic
  }

  /// ListSubscriptionsByTopic, 100 a page. IAM: `sns:ListSubscriptionsByTopic`.
  public func subscriptions(
    topic: String, region: String
  ) async throws(AWSError) -> [TopicSubscription] {
    var found: [TopicSubscription] = []
    let isWhole = try await Paging.walk("ListSubscriptionsByTopic", cap: Paging.settingsCap) {
      (token) async throws(AWSError) in
      let more = token.map { [(name: "NextToken", value: $0)] } ?? []
      let answer = try await answer(
        to: Self.snsCall(
          "ListSubscriptionsByTopic", region, [(name: "TopicArn", value: topic)] + more))
      let page = try answer.result("ListSubscriptionsByTopic")
      guard let list = page["Subscriptions"] else {
        throw answer.unreadable("it has no Subscriptions")
      }
      for entry in list.all("member") {
        found.append(
          TopicSubscription(
            arn: try entry.needText("SubscriptionArn"),
            transport: try entry.needText("Protocol"), endpoint: entry.text("Endpoint") ?? "",
            owner: entry.text("Owner")))
      }
      return page.text("NextToken").map { .more(token: $0) } ?? .end
    }
    guard isWhole else { throw Paging.endless("ListSubscriptionsByTopic") }
    return found
  }

  /// GetSubscriptionAttributes. IAM: `sns:GetSubscriptionAttributes`.
  public func subscription(
    arn: String, region: String
  ) async throws(AWSError) -> SubscriptionSettings {
    let found = try await snsAttributes("GetSubscriptionAttributes", "SubscriptionArn", arn, region)
    var settings = SubscriptionSettings(arn: try found.need("SubscriptionArn"))
    settings.filterPolicy = found["FilterPolicy"]
    settings.filtersBody = found["FilterPolicyScope"] == "MessageBody"
    settings.isPending = try found.flag("PendingConfirmation")
    settings.isRaw = try found.flag("RawMessageDelivery")
    return settings
  }

  private static func snsCall(
    _ operation: String, _ region: String, _ parameters: [(name: String, value: String)]
  ) -> AWSCall {
    .form(.sns, version: "2010-03-31", operation, region: region, parameters)
  }

  private func snsAttributes(
    _ operation: String, _ parameter: String, _ arn: String, _ region: String
  ) async throws(AWSError) -> NamedTexts {
    let answer = try await answer(
      to: Self.snsCall(operation, region, [(name: parameter, value: arn)]))
    guard let list = try answer.result(operation)["Attributes"] else {
      throw answer.unreadable("it has no Attributes")
    }
    var texts: [String: String] = [:]
    for entry in list.all("entry") {
      texts[try entry.needText("key")] = entry.text("value") ?? ""
    }
    return NamedTexts(answer: answer, texts: texts)
  }
}

/// Attributes as SNS and SQS send them: names with texts.
struct NamedTexts {
  let answer: AWSAnswer
  let texts: [String: String]

  /// Nil for an empty one too.
  subscript(_ name: String) -> String? {
    guard let text = texts[name], !text.isEmpty else { return nil }
    return text
  }

  func need(_ name: String) throws(AWSError) -> String {
    guard let text = self[name] else { throw answer.unreadable("it has no attribute \(name)") }
    return text
  }

  func count(_ name: String) throws(AWSError) -> Int? {
    guard let text = self[name] else { return nil }
    guard let count = Int(text), count >= 0 else {
      throw answer.unreadable("\(name) is not a whole number")
    }
    return count
  }

  func flag(_ name: String) throws(AWSError) -> Bool? {
    guard let text = self[name] else { return nil }
    guard let flag = Bool(text.lowercased()) else {
      throw answer.unreadable("\(name) is not true or false")
    }
    return flag
  }
}
