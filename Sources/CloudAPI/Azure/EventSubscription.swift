import Foundation

/// What Event Grid sends on, and where to (Event Subscriptions, 2022-06-15).
public struct EventSubscription: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  /// The source that it listens to, as sent.
  public var topic: String?
  /// `Succeeded`, `Creating`, `Failed`, `AwaitingManualAction`, …
  public var provisioningState: String?
  /// `StorageQueue`, `EventHub`, `WebHook`, …
  public var endpointType: String?
  /// Of a storage queue: its account and name.
  public var queueAccountID: AzureID?
  public var queueName: String?
  /// All when empty: `Microsoft.Resources.ResourceWriteSuccess`.
  public var eventTypes: [String]
  public var subjectBeginsWith: String?
  public var subjectEndsWith: String?
  /// How many further conditions narrow it.
  public var advancedFilterCount: Int
  /// `EventGridSchema`, `CloudEventSchemaV1_0`, `CustomInputSchema`.
  public var schema: String?
  /// UTC; it ends by itself then.
  public var expires: Date?

  public init(id: AzureID, name: String) {
    self.id = id
    self.name = name
    eventTypes = []
    advancedFilterCount = 0
  }
}

/// The topic of one of Azure's own sources (System Topics, 2022-06-15).
public struct SystemTopic: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  /// What the events are about: a subscription.
  public var source: AzureID?
  /// `Microsoft.Resources.Subscriptions`
  public var topicType: String?
  public var provisioningState: String?

  public init(id: AzureID, name: String) {
    self.id = id
    self.name = name
  }
}
