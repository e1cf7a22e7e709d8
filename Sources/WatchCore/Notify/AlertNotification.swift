/// A notification (the name leaves Foundation's alone): what somebody is told of an alert, the same facts
/// for every channel, in the journal's words. Each
/// channel lays them out in its own shape and within its own limits.
public struct AlertNotification: Hashable, Sendable {
  /// What happened to the alert.
  public enum Act: String, Hashable, Sendable, CaseIterable {
    /// Raised, or NEW again, or nobody has acknowledged in time.
    case raised, reopened, escalated
    case acknowledged, cleared, closed, shelved, note
    /// Nothing happened: somebody tries the channel out.
    case test
  }

  public struct Fact: Hashable, Sendable {
    public var label: String
    public var value: String

    public init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  public var act: Act
  /// Nil for a test.
  public var alert: AlertID?
  /// One key for an alert's whole life, other in each state folder: what a receiver joins an
  /// alert's messages by (PagerDuty's `dedup_key`, one Jira ticket, a mail's thread).
  public var dedupKey: String
  /// One key for this message, the same at each attempt: what a receiver may drop a double by.
  public var messageKey: String
  public var priority: Priority
  /// One line: `NEW high A-0001 prod/us-east-1: STOPPED by dev`.
  public var title: String
  /// The source's name: `aws/prod/org-trail`.
  public var source: String
  /// The failure's code: `aws.trail.stopped`.
  public var code: String
  /// What stands below the title, in order.
  public var facts: [Fact]
  /// Whom the message is for: a role's member.
  public var to: String
  public var role: String?
  /// UTC.
  public var at: Timestamp
  /// How often this alert called somebody by this channel so far, this message included; at least 1.
  public var calls: Int

  public init(
    act: Act, alert: AlertID?, dedupKey: String, messageKey: String, priority: Priority,
    title: String, source: String, code: String, facts: [Fact], to: String, role: String?,
    at: Timestamp, calls: Int = 1
  ) {
    self.calls = calls
    self.act = act
    self.alert = alert
    self.dedupKey = dedupKey
    self.messageKey = messageKey
    self.priority = priority
    self.title = title
    self.source = source
    self.code = code
    self.facts = facts
    self.to = to
    self.role = role
    self.at = at
  }
}
