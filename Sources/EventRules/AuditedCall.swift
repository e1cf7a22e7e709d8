/// A call that CloudTrail would record, as far as it is known beforehand: to ask a filter or a rule
/// whether it would catch it. Who calls, from where and when is open.
public struct AuditedCall: Sendable, Hashable {
  /// `StopLogging`.
  public var name: String
  /// `cloudtrail.amazonaws.com`.
  public var source: String
  public var region: String
  /// Twelve digits.
  public var account: String
  /// The request's parameters; ``EventValue/any`` where they are not known.
  public var parameters: EventValue

  public init(
    name: String, source: String, region: String, account: String, parameters: EventValue = .any
  ) {
    self.name = name
    self.source = source
    self.region = region
    self.account = account
    self.parameters = parameters
  }

  /// The record of a successful call: it has no error.
  public var record: EventValue {
    .object([
      "eventVersion": .any, "eventName": .string(name), "eventSource": .string(source),
      "awsRegion": .string(region), "recipientAccountId": .string(account),
      "eventType": "AwsApiCall", "eventCategory": "Management", "managementEvent": true,
      "readOnly": false, "requestParameters": parameters, "responseElements": .any,
      "userIdentity": .any, "eventTime": .any, "eventID": .any, "requestID": .any,
      "sourceIPAddress": .any, "userAgent": .any, "additionalEventData": .any,
      "apiVersion": .any, "tlsDetails": .any, "sessionCredentialFromConsole": .any,
      "resources": .any, "sharedEventID": .any, "vpcEndpointId": .any,
      "vpcEndpointAccountId": .any, "addendum": .any, "eventContext": .any,
    ])
  }

  /// The record as EventBridge hands it on.
  public var envelope: EventValue {
    let service = source.split(separator: ".").first.map(String.init) ?? source
    return .object([
      "version": "0", "id": .any, "detail-type": "AWS API Call via CloudTrail",
      "source": .string("aws.\(service)"), "account": .string(account), "time": .any,
      "region": .string(region), "resources": .array([]), "detail": record,
    ])
  }
}
