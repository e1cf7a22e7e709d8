import Transfer

/// What is published to a topic (SNS API Reference, `Publish`).
public struct TopicMessage: Sendable, Equatable {
  /// The topic's ARN; its region is where the call goes.
  public var topic: String
  /// At most 100 characters of ASCII.
  public var subject: String
  /// A JSON object of texts, one for each kind of subscription; `default` must be among them.
  public var texts: String
  /// What subscriptions may filter by.
  public var attributes: [Attribute]
  /// FIFO topics alone: what keeps order, and what makes a double a double.
  public var group: String?
  public var deduplication: String?

  public struct Attribute: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(
    topic: String, subject: String, texts: String, attributes: [Attribute] = [],
    group: String? = nil, deduplication: String? = nil
  ) {
    self.topic = topic
    self.subject = subject
    self.texts = texts
    self.attributes = attributes
    self.group = group
    self.deduplication = deduplication
  }

  /// Of `arn:aws:sns:REGION:ACCOUNT:NAME`; nil for anything else.
  public static func region(ofTopic arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[2] == "sns",
      AWSPartition.isRegionName(String(parts[3]))
    else { return nil }
    return String(parts[3])
  }

  /// The form's parameters after Action and Version.
  var parameters: [(name: String, value: String)] {
    var all: [(name: String, value: String)] = [
      (name: "TopicArn", value: topic), (name: "Subject", value: subject),
      (name: "MessageStructure", value: "json"), (name: "Message", value: texts),
    ]
    for (index, attribute) in attributes.enumerated() {
      let entry = "MessageAttributes.entry.\(index + 1)"
      all.append((name: "\(entry).Name", value: attribute.name))
      all.append((name: "\(entry).Value.DataType", value: "String"))
      all.append((name: "\(entry).Value.StringValue", value: attribute.value))
    }
    if let group { all.append((name: "MessageGroupId", value: group)) }
    if let deduplication { all.append((name: "MessageDeduplicationId", value: deduplication)) }
    return all
  }
}

extension AWSClient {
  /// Publish; gives the message's id. A repetition is a second message, except in a FIFO topic: give
  /// the client one try. IAM: `sns:Publish`.
  public func publish(_ message: TopicMessage) async throws(AWSError) -> String {
    let answer = try await answer(to: try call(message))
    return try answer.result("Publish").needText("MessageId")
  }

  /// The request that ``publish(_:)`` makes, before it is signed.
  public func publishRequest(_ message: TopicMessage) throws(AWSError) -> HTTPRequest {
    let (call, settings) = (try call(message), try settings())
    do throws(AWSEndpoint.Problem) {
      return call.request(at: try settings.endpoint(for: .sns, region: call.region))
    } catch {
      throw .settings(error)
    }
  }

  private func call(_ message: TopicMessage) throws(AWSError) -> AWSCall {
    guard let region = TopicMessage.region(ofTopic: message.topic) else {
      throw .settings(.badRegion(PlainLine.make(message.topic, limit: 120)))
    }
    var call = AWSCall.form(
      .sns, version: "2010-03-31", "Publish", region: region, message.parameters)
    call.isOnce = true
    return call
  }
}
