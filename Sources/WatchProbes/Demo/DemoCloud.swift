import Foundation
import WatchCore

/// The demo: the same probes over the same HTTP seam, answered from made-up data in the clouds' real
/// shapes. Everything follows from (scenario, now), so it looks real at any clock.
public enum DemoCloud {
  /// The scenarios that are shipped, the first of them the default.
  public static let scenarioNames = [
    "company", "stop-logging", "bucket-blocked", "forgotten-region", "alert-path", "messy-estate",
    "hostile", "quiet", "diagnostic-setting-deleted", "workspace-capped", "sink-disabled",
    "exclusion-added", "project-unreadable",
  ]

  /// Reads a scenario and all that it needs.
  /// - Parameter directory: the `demo-data` folder.
  public static func load(
    _ name: String, from directory: String
  ) throws(DemoError) -> DemoScenario {
    guard scenarioNames.contains(name) else {
      throw .unknownScenario(name, known: scenarioNames)
    }
    let folder = DemoFolder(path: directory)
    let scriptPath = "scenarios/\(name).json"
    let script = try folder.decode(DemoScript.self, scriptPath)
    let estatePath = "estates/\(script.estate).json"
    let estate = try folder.decode(DemoEstate.self, estatePath)
    guard let time = Timestamp(iso: "1970-01-01T\(script.start)") else {
      throw .broken(path: folder.full(scriptPath), why: "start is no time of day")
    }
    let templates = try DemoTemplates(folder, events: events(script, estate))
    var pipeline = DemoPipeline()
    if let name = estate.pipeline {
      pipeline = try DemoPipeline(folder, "pipelines/\(name).json")
    }
    let scenario = DemoScenario(
      name: name, title: script.title, timeOfDay: .milliseconds(time.millis), script: script,
      estate: estate, templates: templates, pipeline: pipeline,
      azure: try DemoUnitEstate.load(folder, "azure", script.azure),
      gcp: try DemoUnitEstate.load(folder, "gcp", script.gcp))
    if let why = scenario.contradiction {
      throw .broken(path: folder.full(scriptPath), why: why)
    }
    return scenario
  }

  private static func events(_ script: DemoScript, _ estate: DemoEstate) -> [String] {
    let named =
      script.timeline.filter { $0.cloud == nil }.compactMap(\.event) + estate.activity.map(\.event)
    return Set(named + [DemoEvents.ownCall]).sorted()
  }
}

/// The demo's data on disk.
struct DemoFolder: Sendable {
  var path: String

  func full(_ name: String) -> String { "\(path)/\(name)" }

  func bytes(_ name: String) throws(DemoError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: full(name)) else {
      throw .missing(path: full(name))
    }
    return Array(data)
  }

  func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws(DemoError) -> Value {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = Data(try bytes(name))
    do {
      return try decoder.decode(type, from: data)
    } catch let error as DecodingError {
      throw .broken(path: full(name), why: Self.words(error))
    } catch {
      throw .broken(path: full(name), why: "it cannot be decoded")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
      return path.isEmpty ? "" : " at \(path.joined(separator: "."))"
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(key.stringValue) is missing\(place(context))"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return "a \(type) is wanted\(place(context))"
    case .dataCorrupted(let context): return "\(context.debugDescription)\(place(context))"
    @unknown default: return "it cannot be decoded"
    }
  }
}
