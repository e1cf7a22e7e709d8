/// The IAM policy of one project, folder or organization: what it says itself, nothing inherited.
public struct GCPAccessPolicy: Sendable, Equatable {
  /// Which Data Access logs are written (`AuditConfig`).
  public var auditConfigs: [AuditConfig]
  /// Members by role, without conditions taken into account.
  public var bindings: [(role: String, members: [String])]
  public var etag: String?

  public static func == (one: GCPAccessPolicy, other: GCPAccessPolicy) -> Bool {
    one.auditConfigs == other.auditConfigs && one.etag == other.etag
      && one.bindings.count == other.bindings.count
      && zip(one.bindings, other.bindings).allSatisfy { $0 == $1 }
  }
}

/// Data Access logging of one service, or of `allServices`.
public struct AuditConfig: Sendable, Equatable {
  public struct LogType: Sendable, Equatable {
    /// `ADMIN_READ`, `DATA_READ`, `DATA_WRITE`.
    public var name: String
    /// Whose access is not logged: `user:ops@example.org`.
    public var exemptedMembers: [String]
  }

  public var service: String
  public var logTypes: [LogType]
}
