import CloudAPI
import WatchCore

/// What stands around an estate's trails: `demo-data/pipelines/NAME.json`. Buckets, keys, roles, log
/// groups, alarms, rules, topics and queues, each as AWS itself would answer it, by its id. Of Azure
/// and GCP: all of `demo-data/azure/NAME.json`, `demo-data/gcp/NAME.json`.
struct DemoPipeline: Sendable {
  private var settings: JSONValue = .object([])
  /// By name: what becomes other than the rest says. Scenarios apply them, and take them back.
  private var variants: JSONValue = .object([])

  init() {}

  init(_ folder: DemoFolder, _ path: String) throws(DemoError) {
    do {
      settings = try JSONReader.read(try folder.bytes(path)).grown
    } catch let error as DemoError {
      throw error
    } catch {
      throw .broken(path: folder.full(path), why: "it is not JSON (\(error))")
    }
    variants = settings["variants"] ?? .object([])
  }

  func has(variant: String) -> Bool { variants[variant] != nil }

  /// With these variants applied, in this order.
  func settings(_ applied: [String]) -> JSONValue {
    applied.reduce(settings) { $0.merged(with: variants[$1] ?? .object([])) }
  }
}

extension JSONValue {
  /// What stands under those names, one in the other.
  func at(_ path: String...) -> JSONValue? {
    path.reduce(Optional(self)) { $0?[$1] }
  }

  /// Objects member by member; of anything else `other` wins. A null takes its member away.
  func merged(with other: JSONValue) -> JSONValue {
    guard case .object(var mine) = self, case .object(let theirs) = other else { return other }
    for member in theirs {
      let at = mine.firstIndex { $0.name == member.name }
      switch (at, member.value) {
      case (let at?, .null): mine.remove(at: at)
      case (nil, .null): break
      case (let at?, let value): mine[at].value = mine[at].value.merged(with: value)
      case (nil, let value): mine.append(JSONMember(member.name, value))
      }
    }
    return .object(mine)
  }

  /// Its members' values in their order.
  var values: [JSONValue] { members?.map(\.value) ?? array ?? [] }

  /// With every text as scenarios mean it: `@10000 text` and U+2400.
  fileprivate var grown: JSONValue {
    switch self {
    case .string(let text): .string(DemoEvents.grown(text))
    case .array(let elements): .array(elements.map(\.grown))
    case .object(let members):
      .object(members.map { JSONMember(DemoEvents.grown($0.name), $0.value.grown) })
    default: self
    }
  }
}
