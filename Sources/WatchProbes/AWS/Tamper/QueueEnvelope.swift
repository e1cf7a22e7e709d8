import CloudAPI
import Foundation

/// What a message of the queue holds. Anybody who may send to it may write anything into it.
enum QueueEnvelope {
  /// An audit event, by whatever way it came.
  case event(CloudTrailEvent)
  /// Readable, and no audit event: a subscription's question, another service's event.
  case other
  case unreadable

  /// Unwraps in turn: SNS's notification (`Message` is text), EventBridge's envelope (`detail` is the
  /// record, or text that holds it), and the record by itself (an input path of `$.detail`).
  static func read(_ body: String) -> QueueEnvelope {
    var text = body
    for _ in 0..<3 {
      guard let value = try? JSONReader.read(Array(text.utf8)), value.members != nil else {
        return .unreadable
      }
      if let message = value["Message"]?.string, value["TopicArn"] != nil || value["Type"] != nil {
        if let type = value["Type"]?.string, type != "Notification" { return .other }
        text = message
        continue
      }
      return event(value)
    }
    return .unreadable
  }

  private static func event(_ envelope: JSONValue) -> QueueEnvelope {
    guard let detail = envelope["detail"] else {
      return record(envelope, text: envelope.text, envelope: nil)
    }
    if let text = detail.string {
      guard let value = try? JSONReader.read(Array(text.utf8)) else { return .unreadable }
      return record(value, text: text, envelope: envelope)
    }
    return record(detail, text: detail.text, envelope: envelope)
  }

  private static func record(
    _ value: JSONValue, text: String, envelope: JSONValue?
  ) -> QueueEnvelope {
    guard let record = CloudTrailRecord(value) else { return .unreadable }
    guard let name = record.eventName, !name.isEmpty else { return .other }
    let sent = envelope?["time"]?.string.flatMap { TimeText.iso8601($0) }
    guard let time = record.eventTime ?? sent else { return .unreadable }
    var event = CloudTrailEvent(
      eventID: record.eventID ?? envelope?["id"]?.string ?? "", eventTime: time)
    event.eventName = name
    event.eventSource = record.eventSource
    event.text = text
    event.record = record
    event.readOnly = record.readOnly
    return .event(event)
  }
}
