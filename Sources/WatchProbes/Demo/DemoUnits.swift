/// An account of Azure or GCP, and what goes on there all day: `demo-data/azure/NAME.json`,
/// `demo-data/gcp/NAME.json`. Beside it the file holds the settings as the cloud answers them.
struct DemoUnits: Decodable, Sendable {
  var account: Account
  var units: [Unit]
  var sources: [Source]
  var activity: [Activity]
  /// Weaknesses that somebody took on before the scenario begins.
  var accepted: [DemoEstate.Accepted]?
  /// Azure: what a resource's own log records.
  var resourceLogs: [ResourceLog]?

  struct Account: Decodable, Sendable {
    var name: String
    /// Azure: the tenant's GUID.
    var tenant: String?
    /// The watch's own queue.
    var queue: String?
  }

  struct Unit: Decodable, Sendable {
    var id: String
    var label: String
  }

  /// As a configuration would say it.
  struct Source: Decodable, Sendable {
    var id: String
    var units: [String]?
    var workspace: String?
    var archive: String?
    var resources: [Resource]?
    var alertRules: [String]?
    var logs: [String]?
    var sinks: [String]?
    var metric: String?
    var expect: [String: String]?
    var optional: [String]?
  }

  struct Resource: Decodable, Sendable {
    var id: String
    var table: String
    var categories: [String]?
  }

  /// One operation, again and again.
  struct Activity: Decodable, Sendable {
    /// The unit's label.
    var unit: String
    /// The operation as the audit log names it.
    var event: String
    var every: Int
    var phase: Int
    var until: Int?
    var values: [String: String]?
  }

  /// A log of a resource: one row again and again.
  struct ResourceLog: Decodable, Sendable {
    /// ARM id.
    var resource: String
    var table: String
    var category: String
    var every: Int
    var phase: Int
    var values: [String: String]?
  }
}
