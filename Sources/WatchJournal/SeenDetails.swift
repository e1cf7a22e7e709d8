import Posix
import WatchCore

/// What was seen beside the paths' states: how each pipeline is set up, and what became of echoes.
/// Kept by the watch for the consoles that attend it; losing it loses no evidence.
public struct SeenDetails: Hashable, Sendable {
  public var postures: [SourceID: PostureSighting]
  public var echoes: [PathID: EchoSighting]
  public var settings: [PathID: SettingsSighting]

  public init(
    postures: [SourceID: PostureSighting] = [:], echoes: [PathID: EchoSighting] = [:],
    settings: [PathID: SettingsSighting] = [:]
  ) {
    self.postures = postures
    self.echoes = echoes
    self.settings = settings
  }

  private static let byteLimit = 64 << 20

  /// Puts them in the place of the old ones, whole or not at all. Blocks.
  public func write(to folder: StateFolder) throws(JournalError) {
    try JournalError.wrap { () throws(PosixError) in
      try Directory.create(folder.observationFolder)
      try File.replace(folder.details, with: Array((json.line + "\n").utf8), synced: false)
    }
  }

  /// Empty where nothing was kept; what cannot be read is left out. Blocks.
  public static func read(_ folder: StateFolder) -> SeenDetails {
    guard let bytes = try? File.readAll(folder.details, limit: byteLimit),
      let json = try? JSON(bytes: bytes)
    else { return SeenDetails() }
    return SeenDetails(json: json)
  }

  private var json: JSON {
    .facts([
      ("v", 1),
      (
        "postures",
        .object(
          postures.sorted { $0.key < $1.key }.map { JSON.Member($0.key.text, $0.value.json) })
      ),
      (
        "echoes",
        .object(echoes.sorted { $0.key < $1.key }.map { JSON.Member($0.key.text, $0.value.json) })
      ),
      (
        "settings",
        .object(
          settings.sorted { $0.key < $1.key }.map { JSON.Member($0.key.text, $0.value.json) })
      ),
    ])
  }

  private init(json: JSON) {
    self.init()
    for member in json["postures"]?.members ?? [] {
      guard let source = SourceID(text: member.key) else { continue }
      postures[source] = PostureSighting(json: member.value)
    }
    for member in json["echoes"]?.members ?? [] {
      guard let path = PathID(text: member.key) else { continue }
      echoes[path] = EchoSighting(json: member.value)
    }
    for member in json["settings"]?.members ?? [] {
      guard let path = PathID(text: member.key) else { continue }
      settings[path] = SettingsSighting(json: member.value)
    }
  }
}
