import Foundation

/// One event of Event history: what LookupEvents says of it, and the record inside, parsed.
public struct CloudTrailEvent: Sendable, Equatable {
  public var eventID: String
  /// UTC, whole seconds.
  public var eventTime: Date
  public var eventName: String?
  /// Such as `cloudtrail.amazonaws.com`.
  public var eventSource: String?
  /// The user's name as LookupEvents gives it.
  public var userName: String?
  public var readOnly: Bool?
  /// The record's exact text (`CloudTrailEvent`), nil when it was left out.
  public var text: String?
  /// The record, parsed; nil when it was left out or cannot be read (`problem` says why).
  public var record: CloudTrailRecord?
  public var problem: String?

  public init(eventID: String, eventTime: Date) {
    self.eventID = eventID
    self.eventTime = eventTime
  }
}

/// The members of a CloudTrail record that are judged or shown (CloudTrail User Guide, "CloudTrail
/// record contents"); everything else is in `whole`. Members of an unexpected kind are nil.
public struct CloudTrailRecord: Sendable, Equatable {
  public var eventID: String?
  public var eventTime: Date?
  public var eventName: String?
  public var eventSource: String?
  public var awsRegion: String?
  public var sourceIPAddress: String?
  public var userAgent: String?
  public var userIdentity: UserIdentity?
  public var readOnly: Bool?
  public var managementEvent: Bool?
  public var eventType: String?
  public var errorCode: String?
  public var errorMessage: String?
  public var recipientAccountID: String?
  /// Nil when the record has none or `null`.
  public var requestParameters: JSONValue?
  public var responseElements: JSONValue?
  /// All of it.
  public var whole: JSONValue

  /// The request's parameters as compact JSON text.
  public var requestParametersText: String? { requestParameters?.text }
}

/// Who did it (CloudTrail User Guide, "userIdentity element").
public struct UserIdentity: Sendable, Equatable {
  /// `Root`, `IAMUser`, `AssumedRole`, `AWSService`, …
  public var type: String?
  public var principalID: String?
  public var arn: String?
  public var accountID: String?
  public var accessKeyID: String?
  public var userName: String?
  /// The service that called on somebody's behalf.
  public var invokedBy: String?
  /// The role behind a session: its type, ARN and name.
  public var issuerType: String?
  public var issuerARN: String?
  public var issuerUserName: String?
  /// `sessionContext.attributes`, as sent: `true` or `false`.
  public var mfaAuthenticated: String?
  public var sessionCreated: Date?

  /// The best short name: user, role or session, service, ARN, type.
  public var shortName: String? {
    userName ?? issuerUserName ?? arn?.split(separator: "/").last.map(String.init) ?? invokedBy
      ?? type
  }
}

extension CloudTrailRecord {
  /// Nil for JSON that is not an object. Shared by Event history, log files and event rules.
  public init?(_ value: JSONValue) {
    guard value.members != nil else { return nil }
    whole = value
    eventID = value["eventID"]?.string
    eventTime = value["eventTime"]?.string.flatMap { TimeText.iso8601($0) }
    eventName = value["eventName"]?.string
    eventSource = value["eventSource"]?.string
    awsRegion = value["awsRegion"]?.string
    sourceIPAddress = value["sourceIPAddress"]?.string
    userAgent = value["userAgent"]?.string
    userIdentity = value["userIdentity"].flatMap { UserIdentity($0) }
    readOnly = Self.flag(value["readOnly"])
    managementEvent = Self.flag(value["managementEvent"])
    eventType = value["eventType"]?.string
    errorCode = value["errorCode"]?.string
    errorMessage = value["errorMessage"]?.string
    recipientAccountID = value["recipientAccountId"]?.string
    requestParameters = value["requestParameters"].flatMap { $0.isNull ? nil : $0 }
    responseElements = value["responseElements"].flatMap { $0.isNull ? nil : $0 }
  }

  /// Older records write booleans as text.
  static func flag(_ value: JSONValue?) -> Bool? {
    value?.bool ?? value?.string.flatMap { Bool($0.lowercased()) }
  }
}

extension UserIdentity {
  init?(_ value: JSONValue) {
    guard value.members != nil else { return nil }
    type = value["type"]?.string
    principalID = value["principalId"]?.string
    arn = value["arn"]?.string
    accountID = value["accountId"]?.string
    accessKeyID = value["accessKeyId"]?.string
    userName = value["userName"]?.string
    invokedBy = value["invokedBy"]?.string
    let session = value["sessionContext"]
    issuerType = session?["sessionIssuer"]?["type"]?.string
    issuerARN = session?["sessionIssuer"]?["arn"]?.string
    issuerUserName = session?["sessionIssuer"]?["userName"]?.string
    mfaAuthenticated = session?["attributes"]?["mfaAuthenticated"]?.string
    sessionCreated = session?["attributes"]?["creationDate"]?.string.flatMap {
      TimeText.iso8601($0)
    }
  }
}
