import Foundation

/// A Pub/Sub subscription (Pub/Sub API v1, `Subscription`).
public struct MessageSubscription: Sendable, Equatable {
  /// Whole: `projects/acme-1/subscriptions/watchkeeper`.
  public var name: String
  /// Whole; `_deleted-topic_` when its topic is gone.
  public var topic: String
  /// `ACTIVE`, `RESOURCE_ERROR`; empty where nothing is said.
  public var state: String
  /// Messages go somewhere else by themselves: nothing is left to pull.
  public var isPushed: Bool
  /// Cut off from its topic for ever.
  public var isDetached: Bool
  /// Only messages that match; empty for all.
  public var filter: String
  public var ackDeadlineSeconds: Int
  /// After so long without anybody pulling, the subscription itself is deleted, in seconds; nil for
  /// never, as far as was said.
  public var expiresAfterSeconds: Double?

  public var hasTopic: Bool { topic != "_deleted-topic_" && !isDetached }
}

/// A Pub/Sub topic (`Topic`).
public struct MessageTopic: Sendable, Equatable {
  public var name: String
  /// `ACTIVE`, `INGESTION_RESOURCE_ERROR`; empty where nothing is said.
  public var state: String
  public var kmsKey: String?
}

/// A BigQuery dataset that a sink writes into (BigQuery API v2, `Dataset`).
public struct ArchiveDataset: Sendable, Equatable {
  public var project: String
  public var id: String
  public var location: String?
  /// New tables, and with them the entries, are deleted after so long, in milliseconds; nil for never.
  public var tableExpirationMillis: Int64?
  public var partitionExpirationMillis: Int64?
}

/// One message that was pulled, and hidden from others until its deadline.
public struct PulledMessage: Sendable, Equatable {
  /// For ``GCPClient/acknowledge(subscription:project:ackIDs:)``.
  public var ackID: String
  public var id: String
  /// UTC.
  public var published: Date?
  public var attributes: [String: String]
  public var data: [UInt8]
  /// The log entry that a sink's message is; nil for anything else.
  public var entry: LogEntry? { LogEntry(bytes: data) }
}
