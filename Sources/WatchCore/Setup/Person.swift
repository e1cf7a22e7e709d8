/// How somebody of a role is reached: shown with the alert, so that it is there when the network is not.
public struct Person: Hashable, Sendable {
  public var name: String
  public var phone: String?
  public var mail: String?
  /// Anything else that helps: `second floor`, `ask for the duty desk`.
  public var text: String?
  /// Own channels, in place of the role's.
  public var channels: [String]?
  /// When this person is at work; nil: as the role says.
  public var hours: WatchHours?

  public init(
    name: String, phone: String? = nil, mail: String? = nil, text: String? = nil,
    channels: [String]? = nil, hours: WatchHours? = nil
  ) {
    self.hours = hours
    self.name = name
    self.phone = phone
    self.mail = mail
    self.text = text
    self.channels = channels
  }

  /// `+49 30 1234, jon@acme.example, ask for the duty desk`; nil: nothing is known.
  public var contact: String? {
    let parts = [phone, mail, text].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
