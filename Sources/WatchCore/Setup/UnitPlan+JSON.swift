extension CloudUnit {
  var json: JSON { .facts([("id", .string(id)), ("label", .string(label))]) }
}

extension AzureAccount {
  var json: JSON {
    .facts([
      ("tenant", tenant.map(JSON.string)), ("subscriptions", .array(subscriptions.map(\.json))),
      ("cloud", .string(cloud)), ("credential", credential.map(JSON.string)),
      ("client", client.map(JSON.string)), ("endpoints", JSON.endpoints(endpoints)),
    ])
  }
}

extension AzureSource {
  var json: JSON {
    .facts([
      ("subscriptions", JSON.list(subscriptions)), ("workspace", workspace.map(JSON.string)),
      ("archive", archive.map(JSON.string)),
      (
        "resources",
        resources.isEmpty
          ? nil
          : .array(
            resources.map { resource in
              .facts([
                ("id", .string(resource.id)), ("table", .string(resource.table)),
                ("categories", JSON.list(resource.categories)),
              ])
            })
      ),
      ("alert_rules", JSON.list(alertRules)), ("echo", echoGroup.map(JSON.string)),
    ])
  }
}

extension GCPAccount {
  var json: JSON {
    .facts([
      ("units", .array(units.map(\.json))), ("credential", credential.map(JSON.string)),
      ("impersonate", impersonate.map(JSON.string)),
      ("quota_project", quotaProject.map(JSON.string)), ("endpoints", JSON.endpoints(endpoints)),
    ])
  }
}

extension GCPSource {
  var json: JSON {
    .facts([
      ("units", JSON.list(units)), ("logs", JSON.list(logs)), ("sinks", JSON.list(sinks)),
      ("metric", metric.map(JSON.string)), ("echo", echoMetric.map(JSON.string)),
    ])
  }
}

extension JSON {
  /// Nil for none: what says nothing is not written.
  fileprivate static func list(_ items: [String]) -> JSON? {
    items.isEmpty ? nil : .array(items.map(JSON.string))
  }

  fileprivate static func endpoints(_ endpoints: [String: String]) -> JSON? {
    endpoints.isEmpty
      ? nil
      : .object(endpoints.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) })
  }
}
