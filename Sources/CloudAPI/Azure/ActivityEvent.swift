import Foundation

/// One event of the Activity Log (Activity Logs - List, 2015-04-01). One operation gives two or more
/// (`Started`, then `Succeeded` or `Failed`) with one correlation id.
public struct ActivityEvent: Sendable, Equatable {
  public var eventDataID: String?
  /// When it happened, UTC.
  public var time: Date
  /// When the log had it, UTC.
  public var submitted: Date?
  /// Who: a user's name, or an application's object id.
  public var caller: String?
  /// `microsoft.insights/diagnosticSettings/delete`; compare without case.
  public var operation: String?
  /// `Started`, `Accepted`, `Succeeded`, `Failed`, …
  public var status: String?
  public var subStatus: String?
  /// `BeginRequest`, `EndRequest`.
  public var eventName: String?
  /// `Administrative`, `Policy`, `Security`, …
  public var category: String?
  /// `Informational`, `Warning`, `Error`, `Critical`.
  public var level: String?
  /// As sent: not every event is about a resource.
  public var resourceID: String?
  public var resourceGroup: String?
  public var resourceType: String?
  public var subscriptionID: String?
  public var tenantID: String?
  public var correlationID: String?
  public var operationID: String?
  /// From the request, else from the caller's claims.
  public var clientAddress: String?
  public var method: String?
  /// `x-ms-client-request-id` of the request, if it was logged.
  public var clientRequestID: String?
  /// The application that called for the user (claim `appid`).
  public var appID: String?
  /// Free members, such as `requestbody`, `statusCode`, `message`; values that are not strings as
  /// JSON text. At most 64 KiB each.
  public var properties: [String: String]

  public init(time: Date) {
    self.time = time
    properties = [:]
  }

  /// Without regard to case.
  public func isOperation(_ name: String) -> Bool {
    operation?.lowercased() == name.lowercased()
  }
}

/// The one narrowing beside the time that the log's filter knows.
public enum ActivityFilter: Sendable, Equatable {
  case resourceGroup(String)
  case resource(AzureID)
  /// `Microsoft.Insights`
  case provider(String)
  case correlation(String)
}

/// What a look into the Activity Log gave.
public struct ActivityLog: Sendable, Equatable {
  /// Newest first.
  public var events: [ActivityEvent]
  /// True when there was more: the page limit was reached, or the caller had seen enough.
  public var isCut: Bool

  public init(events: [ActivityEvent], isCut: Bool) {
    self.events = events
    self.isCut = isCut
  }
}
