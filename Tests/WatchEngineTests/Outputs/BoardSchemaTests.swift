import Foundation
import Testing
import WatchCore

@testable import WatchEngine

/// What is printed, what the schema says of it, and what docs/json-output.md does: the same members.
@Suite struct BoardSchemaTests {
  private static let page: String = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    let page = folder.appending(path: "docs/json-output.md")
    return (try? String(contentsOf: page, encoding: .utf8)) ?? ""
  }()

  /// `alerts[].told[].to`, of every object that a schema has.
  private static func members(of schema: JSON, at place: String = "") -> Set<String> {
    if let items = schema["items"] { return members(of: items, at: place + "[]") }
    return (schema["properties"]?.members ?? []).reduce(into: []) { all, member in
      let name = place.isEmpty ? member.key : "\(place).\(member.key)"
      all.insert(name)
      all.formUnion(members(of: member.value, at: name))
    }
  }

  /// The same of a value.
  private static func members(in value: JSON, at place: String = "") -> Set<String> {
    switch value {
    case .array(let items):
      return items.reduce(into: []) { $0.formUnion(members(in: $1, at: place + "[]")) }
    case .object(let own):
      return own.reduce(into: []) { all, member in
        let name = place.isEmpty ? member.key : "\(place).\(member.key)"
        all.insert(name)
        all.formUnion(members(in: member.value, at: name))
      }
    default: return []
    }
  }

  private static let samples: [JSON] = [
    BoardJSON.object(StatusSample.reading(demo: "demo")),
    BoardJSON.object(StatusSample.reading(journal: .notSaved("disk full"), isAlive: false)),
    BoardJSON.unknown("no configuration"),
  ]

  @Test("Every member that can appear is described, and every one that is described does appear")
  func bothWays() {
    let described = Self.members(of: BoardSchema.json)
    let seen = Self.samples.reduce(into: Set<String>()) { $0.formUnion(Self.members(in: $1)) }
    #expect(seen.subtracting(described) == [], "printed, and not described")
    #expect(described.subtracting(seen) == [], "described, and never printed")
  }

  @Test("What is required is always there")
  func required() throws {
    let sparse = BoardJSON.object(
      StatusReading(
        board: Board(
          clouds: Cloud.allCases.map { CloudStatus(cloud: $0, accounts: [], paths: [], open: 0) },
          me: Rig.mira), watch: WatchPresence(isAlive: false), now: Rig.start))
    func holds(_ value: JSON, _ schema: JSON, _ place: String) {
      for key in (schema["required"]?.array ?? []).compactMap(\.string) {
        #expect(value[key] != nil, "\(place).\(key)")
      }
      for member in schema["properties"]?.members ?? [] {
        guard let inner = value[member.key] else { continue }
        let items = member.value["items"]
        if let items { inner.array?.forEach { holds($0, items, "\(place).\(member.key)[]") } }
        if items == nil { holds(inner, member.value, "\(place).\(member.key)") }
      }
    }
    for sample in Self.samples + [sparse] { holds(sample, BoardSchema.json, "") }
  }

  @Test("The page names each member, beside the object that it is a member of")
  func documented() throws {
    var rows: [String: String] = [:]
    for line in Self.page.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      for name in cells[0].components(separatedBy: "`") where name.count > 2 || name == "at" {
        rows[name, default: ""] += String(line)
      }
    }
    for member in Self.members(of: BoardSchema.json) {
      let parts = member.split(separator: ".").map(String.init)
      let name = parts[parts.count - 1].replacing("[]", with: "")
      let row =
        parts.count == 1
        ? rows[name] ?? rows[name + "[]"] : rows[parts[parts.count - 2]] ?? rows[parts[0]]
      let isNamed = ["`\(name)`", "`\(name)[]`"].contains { row?.contains($0) == true }
      #expect(isNamed, "\(member)")
    }
  }
}
