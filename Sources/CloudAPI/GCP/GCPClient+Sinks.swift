/// The Log Router's settings (Cloud Logging API v2, sinks and exclusions).
extension GCPClient {
  /// sinks.list: the parent's own sinks, and with `inherited` also those of its folders and
  /// organization that take its entries. IAM: `logging.sinks.list`.
  public func sinks(
    of parent: GCPParent, inherited: Bool = false
  ) async throws(CloudError) -> [LogSink] {
    var call = GCPCall(
      .logging, "logging.sinks.list", [.sinksList], place: parent.name,
      path: "/v2/\(parent.path)/sinks")
    if inherited { call.query.append((name: "filter", value: "in_scope(\"ALL\")")) }
    return try await list(call, "sinks") { (entry) throws(CloudError) in try Self.sink(entry) }
  }

  /// sinks.get; nil when there is none of that name. IAM: `logging.sinks.get`.
  public func sink(_ name: String, of parent: GCPParent) async throws(CloudError) -> LogSink? {
    let call = GCPCall(
      .logging, "logging.sinks.get", [.sinksGet], place: parent.name,
      path: "/v2/\(parent.path)/sinks/\(PercentEncoding.encode(name))")
    return try await existing(call) { (body) throws(CloudError) in try Self.sink(body) }
  }

  /// exclusions.list: what the parent's `_Default` sink leaves out; those of sinks are part of the
  /// sinks. IAM: `logging.exclusions.list`.
  public func exclusions(of parent: GCPParent) async throws(CloudError) -> [LogExclusion] {
    let call = GCPCall(
      .logging, "logging.exclusions.list", [.exclusionsList], place: parent.name,
      path: "/v2/\(parent.path)/exclusions")
    return try await list(call, "exclusions") { (entry) throws(CloudError) in
      try Self.exclusion(entry)
    }
  }

  /// What a call for one thing gives; nil when Google says that there is no such thing.
  func existing<Item>(
    _ call: GCPCall, _ read: (CloudMembers) throws(CloudError) -> Item
  ) async throws(CloudError) -> Item? {
    let body: CloudMembers
    do {
      body = try await answer(to: call)
    } catch {
      if error.isMissing { return nil }
      throw error
    }
    return try read(body)
  }

  private static func sink(_ entry: CloudMembers) throws(CloudError) -> LogSink {
    var sink = LogSink(
      name: try entry.needText("name"), destination: try entry.needText("destination"),
      filter: try entry.text("filter") ?? "")
    sink.resourceName = try entry.text("resourceName") ?? ""
    sink.isDisabled = try entry.flag("disabled") ?? false
    for exclusion in try entry.objects("exclusions") {
      sink.exclusions.append(try Self.exclusion(exclusion))
    }
    sink.writerIdentity = try entry.text("writerIdentity")
    sink.description = try entry.text("description") ?? ""
    sink.includesChildren = try entry.flag("includeChildren") ?? false
    sink.interceptsChildren = try entry.flag("interceptChildren") ?? false
    sink.created = try entry.time("createTime")
    sink.updated = try entry.time("updateTime")
    return sink
  }

  static func exclusion(_ entry: CloudMembers) throws(CloudError) -> LogExclusion {
    var exclusion = LogExclusion(
      name: try entry.needText("name"), filter: try entry.text("filter") ?? "",
      isDisabled: try entry.flag("disabled") ?? false)
    exclusion.description = try entry.text("description") ?? ""
    exclusion.created = try entry.time("createTime")
    exclusion.updated = try entry.time("updateTime")
    return exclusion
  }
}
