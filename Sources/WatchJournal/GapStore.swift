import Posix
import WatchCore

/// The past that expectations are learned from, beside the sightings. Losing it loses no evidence: the
/// configured expectation holds until enough is learned again.
public struct GapStore: Sendable {
  static let pathLimit = 2000
  static let byteLimit = 64 << 20

  private let folder: StateFolder

  public init(folder: StateFolder) {
    self.folder = folder
  }

  /// Puts the new state in place of the old, whole or not at all. Blocks.
  public func write(_ gaps: [PathID: GapHistory]) throws(JournalError) {
    let paths = gaps.sorted { $0.key < $1.key }.prefix(Self.pathLimit)
    let json = JSON.facts([
      ("v", 1), ("paths", .array(paths.map { $0.value.json($0.key) })),
    ])
    try JournalError.wrap { () throws(PosixError) in
      try Directory.create(folder.observationFolder)
      try File.replace(folder.gaps, with: Array((json.line + "\n").utf8))
    }
  }

  /// What cannot be read is learned anew. Blocks.
  public func read() -> [PathID: GapHistory] {
    guard let bytes = try? File.readAll(folder.gaps, limit: Self.byteLimit),
      let json = try? JSON(bytes: bytes), json["v"]?.int == 1
    else { return [:] }
    let pairs = (json["paths"]?.array ?? []).prefix(Self.pathLimit).compactMap { item in
      item["path"]?.string.flatMap(PathID.init(text:)).flatMap { path in
        GapHistory(json: item).map { (path, $0) }
      }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}

extension GapHistory {
  /// Hours as `[hour, records, longest, at]`, holes as `[from, to]`.
  func json(_ path: PathID) -> JSON {
    .facts([
      ("path", .string(path.text)), ("began", began.map { .string($0.iso) }),
      ("last", last.map { .string($0.iso) }), ("looked", .string(looked.iso)),
      ("holes", .array(holes.map { .array([.string($0.from.iso), .string($0.to.iso)]) })),
      (
        "hours",
        .array(
          hours.map { hour in
            .array([hour.hour, hour.records, hour.longest, hour.at].map { .int(Int64($0)) })
          })
      ),
    ])
  }

  /// Nil where it is not what ``json(_:)`` wrote.
  init?(json: JSON) {
    guard let looked = json["looked"]?.time else { return nil }
    let hours = (json["hours"]?.array ?? []).suffix(Self.weeks * 168 + 1).compactMap(Self.hour)
    let holes = (json["holes"]?.array ?? []).suffix(500).compactMap { item -> Hole? in
      guard let pair = item.array, pair.count == 2, let from = pair[0].time, let to = pair[1].time,
        from <= to
      else { return nil }
      return Hole(from: from, to: to)
    }
    let (began, last) = (json["began"]?.time, json["last"]?.time)
    // Weeks of it, and no centuries: each hour is gone through.
    guard (began == nil) == (last == nil) else { return nil }
    if let began, let last {
      guard last >= began, last - began <= .hours(Self.weeks * 168 + 336) else { return nil }
    }
    guard zip(hours, hours.dropFirst()).allSatisfy({ $0.hour < $1.hour }) else { return nil }
    self.init(
      began: began, hours: hours, holes: holes, last: last, looked: looked)
  }

  private static func hour(_ json: JSON) -> Hour? {
    let numbers = (json.array ?? []).compactMap(\.int)
    guard numbers.count == 4, numbers.allSatisfy({ $0 >= 0 }), numbers[1] <= 1_000_000,
      numbers[2] <= 31_622_400, numbers[3] < 3600, numbers[0] < 10_000_000
    else { return nil }
    return Hour(hour: numbers[0], records: numbers[1], longest: numbers[2], at: numbers[3])
  }
}
