/// The stable code of one kind of audit-logging failure: `aws.trail.stopped`.
public struct FailureCode: Hashable, Sendable, Comparable, ExpressibleByStringLiteral {
  public var text: String

  public init(_ text: String) {
    self.text = text
  }

  public init(stringLiteral text: String) {
    self.text = text
  }

  /// The cloud that it is about; nil for the watch's and the journal's own.
  public var cloud: Cloud? { Cloud(rawValue: String(text.prefix { $0 != "." })) }

  /// Without the cloud: `probe.blind`.
  public var rest: String {
    guard let cloud else { return text }
    return String(text.dropFirst(cloud.rawValue.count + 1))
  }

  public static func < (left: FailureCode, right: FailureCode) -> Bool {
    left.text < right.text
  }
}

/// What must happen for an alert to end.
public enum AlertKind: String, Hashable, Sendable {
  /// Clears by fresh proof on that very path.
  case condition
  /// Latches until somebody resolves it with a line.
  case event
}

/// One entry of the catalogue: the answer to NIST SP 800-171A 3.3.4[b], "types of audit logging
/// process failures for which alert will be generated".
public struct Failure: Hashable, Sendable {
  /// NIST's three families of the discussion of 3.3.4.
  public enum Family: String, Hashable, Sendable {
    /// Software and hardware errors.
    case error
    /// Failures in the audit record capture mechanisms.
    case capture
    /// Audit record storage capacity, and the store itself.
    case storage
  }

  public var code: FailureCode
  public var kind: AlertKind
  public var priority: Priority
  public var family: Family
  public var title: String
  public var meaning: String
  /// The probe that sees it: a path kind's name, or `watch`.
  public var probe: String
  /// The runbook's file name without `.md`.
  public var runbook: String
}

extension Cloud {
  /// `azure.probe.blind` of `probe.blind`.
  public func code(_ rest: String) -> FailureCode { FailureCode("\(rawValue).\(rest)") }
}
