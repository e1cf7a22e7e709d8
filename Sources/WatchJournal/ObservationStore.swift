import Posix
import WatchCore

/// The last sighting of each path, with its strip: written by the watch, read by every console and
/// by `status`. Losing it loses no evidence.
public struct ObservationStore: Sendable {
  /// What was stored, and when.
  public struct Stored: Sendable, Equatable {
    public var at: Timestamp
    public var paths: [PathStatus]
    /// Why there is less than there should be; nil where all was read.
    public var note: String?

    public init(at: Timestamp, paths: [PathStatus], note: String? = nil) {
      self.at = at
      self.paths = paths
      self.note = note
    }
  }

  /// More paths than this are not stored.
  static let pathLimit = 5000
  static let byteLimit = 64 << 20

  private let folder: StateFolder

  public init(folder: StateFolder) {
    self.folder = folder
  }

  /// Puts the new state in place of the old, whole or not at all. Blocks.
  public func write(_ paths: [PathStatus], at: Timestamp) throws(JournalError) {
    let json = JSON.facts([
      ("v", 1), ("at", .string(at.iso)),
      ("paths", .array(paths.prefix(Self.pathLimit).map(\.json))),
    ])
    try JournalError.wrap { () throws(PosixError) in
      try Directory.create(folder.observationFolder)
      try File.replace(folder.observations, with: Array((json.line + "\n").utf8))
    }
  }

  /// Nil where nothing was ever stored. What cannot be read is left out, with a note. Blocks.
  public func read() -> Stored? {
    let bytes: [UInt8]
    do throws(PosixError) {
      bytes = try File.readAll(folder.observations, limit: Self.byteLimit)
    } catch {
      if error.kind == .missing { return nil }
      return unread("\(error)")
    }
    guard let json = try? JSON(bytes: bytes), let at = json["at"]?.time,
      let items = json["paths"]?.array
    else { return unread("it is not what the watch writes") }
    let paths = items.prefix(Self.pathLimit).compactMap(PathStatus.init(json:))
    let lost = items.count - paths.count
    return Stored(
      at: at, paths: paths, note: lost > 0 ? "\(lost) stored sightings could not be read" : nil)
  }

  private func unread(_ why: String) -> Stored {
    Stored(
      at: Timestamp(millis: 0), paths: [],
      note: "stored sightings could not be read (\(why.plainLine)): strips begin anew")
  }
}
