import Foundation

/// One log entry (Cloud Logging API, `LogEntry`): the members that are judged or shown; everything
/// else is in `whole`. Other members of an unexpected kind are nil or empty.
public struct LogEntry: Sendable, Equatable {
  /// `projects/acme-1/logs/cloudaudit.googleapis.com%2Factivity`, as sent.
  public var logName: String
  public var insertID: String?
  /// When it happened; UTC.
  public var timestamp: Date?
  /// When Logging got it; UTC.
  public var receiveTimestamp: Date?
  /// `DEFAULT` where nothing is said.
  public var severity: String
  public var resourceType: String?
  public var resourceLabels: [String: String] = [:]
  public var labels: [String: String] = [:]
  /// The audit record inside; nil for other entries.
  public var audit: GoogleAuditRecord?
  public var jsonPayload: JSONValue?
  public var textPayload: String?
  /// All of it.
  public var whole: JSONValue

  /// Nil for JSON that is not an entry: no object, no log, a time that is none. Shared by
  /// entries.list, Pub/Sub messages and archived files.
  public init?(_ value: JSONValue) {
    guard let log = value["logName"]?.string, !log.isEmpty,
      let happened = Self.time(value["timestamp"]),
      let received = Self.time(value["receiveTimestamp"])
    else { return nil }
    logName = log
    whole = value
    timestamp = happened.date
    receiveTimestamp = received.date
    insertID = value["insertId"]?.string
    severity = value["severity"]?.string ?? "DEFAULT"
    resourceType = value["resource"]?["type"]?.string
    resourceLabels = Self.texts(value["resource"]?["labels"])
    labels = Self.texts(value["labels"])
    audit = value["protoPayload"].flatMap { GoogleAuditRecord($0) }
    jsonPayload = value["jsonPayload"]
    textPayload = value["textPayload"]?.string
  }

  /// The JSON bytes of one entry, as a Pub/Sub message carries it; nil when they are none.
  public init?(bytes: [UInt8]) {
    guard let value = try? JSONReader.read(bytes) else { return nil }
    self.init(value)
  }

  /// Whose log it is: `projects/acme-1`.
  public var parent: String {
    guard let range = logName.range(of: "/logs/") else { return "" }
    return String(logName[..<range.lowerBound])
  }

  /// The log's id, decoded: `cloudaudit.googleapis.com/activity`. Ids may be sent either way.
  public var logID: String {
    guard let range = logName.range(of: "/logs/") else { return logName }
    let id = String(logName[range.upperBound...])
    return id.contains("%") ? PercentEncoding.decode(id) ?? id : id
  }

  /// Nil for what is there and no time.
  private static func time(_ value: JSONValue?) -> (date: Date?, Void)? {
    guard let value, !value.isNull else { return (nil, ()) }
    guard let date = value.string.flatMap({ TimeText.iso8601($0) }) else { return nil }
    return (date, ())
  }

  private static func texts(_ value: JSONValue?) -> [String: String] {
    var texts: [String: String] = [:]
    for member in value?.members ?? [] {
      if let text = member.value.string { texts[member.name] = text }
    }
    return texts
  }
}

/// What entries.list has given.
public struct LogEntries: Sendable, Equatable {
  public var entries: [LogEntry]
  /// False: cut at what was asked for at most, with more to come.
  public var isComplete: Bool

  public init(entries: [LogEntry], isComplete: Bool) {
    self.entries = entries
    self.isComplete = isComplete
  }
}
