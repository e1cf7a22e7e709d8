/// Projects and folders (Resource Manager API v3).
extension GCPClient {
  /// projects.search: all projects that these credentials may see, wherever they are.
  /// IAM: `resourcemanager.projects.get` on each; what may not be seen is left out silently.
  public func visibleProjects() async throws(CloudError) -> [GCPProject] {
    var call = GCPCall(
      .resourceManager, "cloudresourcemanager.projects.search", [.projectsGet], place: "",
      path: "/v3/projects:search")
    call.query = [(name: "query", value: "state:ACTIVE")]
    return try await list(call, "projects") { (entry) throws(CloudError) in
      try Self.project(entry)
    }
  }

  /// projects.list: the direct children alone, of a folder or organization.
  /// IAM: `resourcemanager.projects.list` on the parent.
  public func projects(in parent: GCPParent) async throws(CloudError) -> [GCPProject] {
    var call = GCPCall(
      .resourceManager, "cloudresourcemanager.projects.list", [.projectsList], place: parent.name,
      path: "/v3/projects")
    call.query = [(name: "parent", value: parent.name)]
    return try await list(call, "projects") { (entry) throws(CloudError) in
      try Self.project(entry)
    }
  }

  /// projects.get. A project that may not be seen is denied, not missing.
  /// IAM: `resourcemanager.projects.get`.
  public func project(_ id: String) async throws(CloudError) -> GCPProject {
    let parent = GCPParent.project(id)
    let call = GCPCall(
      .resourceManager, "cloudresourcemanager.projects.get", [.projectsGet], place: parent.name,
      path: "/v3/\(parent.path)")
    return try Self.project(try await answer(to: call))
  }

  /// folders.list: the direct children alone. IAM: `resourcemanager.folders.list` on the parent.
  public func folders(in parent: GCPParent) async throws(CloudError) -> [GCPFolder] {
    var call = GCPCall(
      .resourceManager, "cloudresourcemanager.folders.list", [.foldersList], place: parent.name,
      path: "/v3/folders")
    call.query = [(name: "parent", value: parent.name)]
    return try await list(call, "folders") { (entry) throws(CloudError) in try Self.folder(entry) }
  }

  /// folders.get: what a folder is called and where it is. IAM: `resourcemanager.folders.get`.
  public func folder(_ id: String) async throws(CloudError) -> GCPFolder {
    let parent = GCPParent.folder(id)
    let call = GCPCall(
      .resourceManager, "cloudresourcemanager.folders.get", [.foldersGet], place: parent.name,
      path: "/v3/\(parent.path)")
    return try Self.folder(try await answer(to: call))
  }

  private static func project(_ entry: CloudMembers) throws(CloudError) -> GCPProject {
    GCPProject(
      id: try entry.needText("projectId"), name: try entry.needText("name"),
      displayName: try entry.text("displayName") ?? "",
      parent: try entry.text("parent").flatMap { GCPParent(name: $0) },
      state: try entry.text("state") ?? "")
  }

  private static func folder(_ entry: CloudMembers) throws(CloudError) -> GCPFolder {
    GCPFolder(
      name: try entry.needText("name"), displayName: try entry.text("displayName") ?? "",
      parent: try entry.text("parent").flatMap { GCPParent(name: $0) },
      state: try entry.text("state") ?? "")
  }
}
