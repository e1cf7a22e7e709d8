/// Who may do what, and what of it is logged (Resource Manager API v3).
extension GCPClient {
  /// getIamPolicy, with audit configs. IAM: `resourcemanager.projects.getIamPolicy`, `….folders.…`
  /// or `….organizations.…`.
  public func accessPolicy(of parent: GCPParent) async throws(CloudError) -> GCPAccessPolicy {
    let permission: GCPPermission =
      switch parent {
      case .project, .billingAccount: .projectsGetIamPolicy
      case .folder: .foldersGetIamPolicy
      case .organization: .organizationsGetIamPolicy
      }
    var call = GCPCall(
      .resourceManager, "cloudresourcemanager.getIamPolicy", [permission], place: parent.name,
      path: "/v3/\(parent.path):getIamPolicy")
    call.post([
      JSONMember("options", .object([JSONMember("requestedPolicyVersion", .number("3"))]))
    ])
    let body = try await answer(to: call)
    var policy = GCPAccessPolicy(auditConfigs: [], bindings: [], etag: try body.text("etag"))
    for entry in try body.objects("auditConfigs") {
      var config = AuditConfig(service: try entry.needText("service"), logTypes: [])
      for type in try entry.objects("auditLogConfigs") {
        config.logTypes.append(
          AuditConfig.LogType(
            name: try type.needText("logType"),
            exemptedMembers: try type.texts("exemptedMembers")))
      }
      policy.auditConfigs.append(config)
    }
    for entry in try body.objects("bindings") {
      policy.bindings.append((try entry.needText("role"), try entry.texts("members")))
    }
    return policy
  }

  /// testIamPermissions: which of these we have on the parent, inherited ones counted. Needs no
  /// permission itself. What no such resource can have is not asked, and not held: one name that is
  /// not valid there would refuse the whole call.
  public func heldPermissions(
    of wanted: [GCPPermission], on parent: GCPParent
  ) async throws(CloudError) -> Set<GCPPermission> {
    var held: Set<GCPPermission> = []
    var rest = wanted.filter { $0.exists(on: parent) }[...]
    while !rest.isEmpty {
      // A hundred a call is the limit.
      let batch = rest.prefix(100)
      rest = rest.dropFirst(100)
      var call = GCPCall(
        .resourceManager, "cloudresourcemanager.testIamPermissions", [], place: parent.name,
        path: "/v3/\(parent.path):testIamPermissions")
      if case .folder = parent { call.scope = .everything }
      call.post([JSONMember("permissions", .array(batch.map { .string($0.rawValue) }))])
      let body = try await answer(to: call)
      held.formUnion(try body.texts("permissions").compactMap { GCPPermission(rawValue: $0) })
    }
    return held
  }
}
