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
    var reason: String?
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

  /// What is not well, for a test's message: paths with their reasons, alerts with who is named.
  var summary: String {
    var lines = ["\(state), exit \(exit)"]
    for path in paths where path.state != "ok" {
      lines.append("\(path.path): \(path.state), \(path.reason ?? "no reason")")
    }
    for alert in alerts {
      let cause = alert.cause.map { "\($0.action ?? "?") by \($0.actor ?? "?")" }
      let words = [
        alert.id, alert.code, alert.priority, alert.what, cause.map { "cause \($0)" },
        alert.under.map { "under \($0)" },
      ]
      lines.append(words.compactMap { $0 }.joined(separator: " "))
    }
    return lines.joined(separator: "\n")
  }

  func alert(_ code: String) -> AlertPart? { alerts.first { $0.code == code } }

  func states(_ kind: String) -> Set<String> { Set(paths.filter { $0.kind == kind }.map(\.state)) }

  func state(_ kind: String, _ region: String) -> String? {
    paths.first { $0.kind == kind && $0.region == region }?.state
  }
}
