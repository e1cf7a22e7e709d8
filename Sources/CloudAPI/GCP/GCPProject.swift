import Foundation

/// A project (Resource Manager API v3, `Project`).
public struct GCPProject: Sendable, Equatable {
  /// `acme-1`
  public var id: String
  /// `projects/123`
  public var name: String
  public var displayName: String
  /// `folders/9`, `organizations/7`; nil for a project without organization.
  public var parent: GCPParent?
  /// `ACTIVE`, `DELETE_REQUESTED`.
  public var state: String

  /// A project that is being deleted logs nothing any more.
  public var isActive: Bool { state == "ACTIVE" }
}

/// A folder (Resource Manager API v3, `Folder`).
public struct GCPFolder: Sendable, Equatable {
  /// `folders/9`
  public var name: String
  public var displayName: String
  public var parent: GCPParent?
  public var state: String

  public var isActive: Bool { state == "ACTIVE" }
}
