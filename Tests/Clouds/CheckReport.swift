import Foundation

/// What `watchkeeper check --json` prints, as far as these tests read it (schema 1).
struct CheckReport: Decodable, Sendable {
  var schema: Int
  var state: String
  var exit: Int
  var clouds: [CloudPart]
  var alerts: [AlertPart]

  struct CloudPart: Decodable, Sendable {
    var cloud: String
    var state: String
    var paths: [PathPart]
  }

  struct PathPart: Decodable, Sendable {
    var path: String
    var kind: String
    var region: String?
    var state: String
  }

  struct AlertPart: Decodable, Sendable {
    var id: String
    var code: String
    var priority: String
    var source: String?
    var what: String?
    /// The alert that explains this one.
    var under: String?
    var cause: CausePart?
  }

  struct CausePart: Decodable, Sendable {
    var actor: String?
    var action: String?
    var from: String?
    var at: String?
  }

  var paths: [PathPart] { clouds.flatMap(\.paths) }
  /// Codes of the alerts that lead: one cause is one alert, its symptoms stand under it.
  var codes: Set<String> { Set(alerts.filter { $0.under == nil }.map(\.code)) }

  func alert(_ code: String) -> AlertPart? { alerts.first { $0.code == code } }

  func states(_ kind: String) -> Set<String> { Set(paths.filter { $0.kind == kind }.map(\.state)) }

  func state(_ kind: String, _ region: String) -> String? {
    paths.first { $0.kind == kind && $0.region == region }?.state
  }
}
