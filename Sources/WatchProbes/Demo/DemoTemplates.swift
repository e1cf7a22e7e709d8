import CloudAPI
import Foundation

/// The answers' shapes: `demo-data/responses`. In JSON a string that is just `{{name}}` becomes that
/// value and leaves with its member where there is none; inside a longer string, and in XML, the
/// value's text takes its place.
struct DemoTemplates: Sendable {
  private var json: [String: JSONValue] = [:]
  private var xml: [String: String] = [:]
  /// The events whose records say that nothing was changed.
  private var reads: Set<String> = []

  private static let jsonNames = [
    "describe-trails-trail", "get-trail-status", "get-event-selectors", "lookup-events-event",
    "describe-log-streams-stream", "filter-log-events-event", "receive-message", "event-envelope",
    "digest", "error", "azure/activity-log-event", "azure/event-grid-event", "gcp/entry",
  ]
  private static let xmlNames = [
    "list-objects-v2", "list-objects-v2-object", "list-objects-v2-prefix", "describe-regions",
    "describe-regions-item", "get-caller-identity", "error", "error-query",
  ]

  init(_ folder: DemoFolder, events: [String]) throws(DemoError) {
    for name in Self.jsonNames + events.map({ "events/\($0)" }) {
      let path = "responses/\(name).json"
      do {
        json[name] = try JSONReader.read(try folder.bytes(path))
      } catch let error as DemoError {
        throw error
      } catch {
        throw .broken(path: folder.full(path), why: "it is not JSON (\(error))")
      }
    }
    reads = Set(events.filter { json["events/\($0)"]?["readOnly"]?.bool == true })
    for name in Self.xmlNames {
      let path = "responses/\(name).xml"
      guard let text = String(validating: try folder.bytes(path), as: UTF8.self) else {
        throw .broken(path: folder.full(path), why: "it is not UTF-8")
      }
      xml[name] = text
    }
  }

  func json(_ name: String, _ values: [String: JSONValue]) -> JSONValue {
    json[name].flatMap { Self.fill($0, values) } ?? .null
  }

  func isRead(event: String) -> Bool { reads.contains(event) }

  func xml(_ name: String, _ values: [String: String]) -> String {
    Self.fill(xml[name] ?? "", values)
  }

  /// Text fit to stand in an XML element; what XML 1.0 cannot hold is left out.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\t", "\n", "\u{20}"...: out.unicodeScalars.append(scalar)
      default: break
      }
    }
    return out
  }

  private static func fill(_ value: JSONValue, _ values: [String: JSONValue]) -> JSONValue? {
    switch value {
    case .string(let text):
      guard text.utf8.contains(UInt8(ascii: "{")) else { return value }
      if text.hasPrefix("{{"), text.hasSuffix("}}"), !text.dropFirst(2).contains("{{") {
        return values[String(text.dropFirst(2).dropLast(2))]
      }
      return .string(fill(text, values.compactMapValues(\.string)))
    case .array(let elements):
      return .array(elements.compactMap { fill($0, values) })
    case .object(let members):
      return .object(
        members.compactMap { member in
          fill(member.value, values).map { JSONMember(member.name, $0) }
        })
    default: return value
    }
  }

  private static func fill(_ text: String, _ values: [String: String]) -> String {
    guard text.contains("{{") else { return text }
    var out = ""
    var rest = text[...]
    while let open = rest.range(of: "{{"), let close = rest[open.upperBound...].range(of: "}}") {
      out += rest[..<open.lowerBound]
      out += values[String(rest[open.upperBound..<close.lowerBound])] ?? ""
      rest = rest[close.upperBound...]
    }
    return out + rest
  }
}
