/// Whom alerts tell (Action Groups, 2023-01-01).
public struct ActionGroup: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  public var isEnabled: Bool
  public var receivers: [Receiver]

  public struct Receiver: Sendable, Equatable {
    /// The API's word without `Receivers`: `email`, `sms`, `webhook`, `logicApp`, …
    public var kind: String
    public var name: String?
    /// Where it goes, if that says something: a mail address, a host. Never a whole webhook URL,
    /// which often holds a secret.
    public var address: String?
    /// `Enabled`, `Disabled`, `NotSpecified`: whether the person still wants it (mail and SMS alone).
    public var status: String?

    public init(kind: String, name: String? = nil, address: String? = nil, status: String? = nil) {
      self.kind = kind
      self.name = name
      self.address = address
      self.status = status
    }

    /// Has unsubscribed.
    public var isOff: Bool { status?.lowercased() == "disabled" }
  }

  public init(id: AzureID, name: String, isEnabled: Bool, receivers: [Receiver] = []) {
    self.id = id
    self.name = name
    self.isEnabled = isEnabled
    self.receivers = receivers
  }

  /// Somebody would be told.
  public var reachesSomebody: Bool { isEnabled && receivers.contains { !$0.isOff } }
}
