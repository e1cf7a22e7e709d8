/// What of a path's past its usual gaps are learned from: for each hour how much of it had records,
/// and the longest gap that began then. Bounded to some weeks, and to what was really watched.
public struct GapHistory: Hashable, Sendable {
  /// One hour of UTC.
  public struct Hour: Hashable, Sendable {
    /// Counted from 1970 on.
    public var hour: Int
    /// Stretches of ten minutes in which a record came: a batch of thousands is no sign that more is to
    /// be expected than from the same time of steady work.
    public var records: Int
    /// The longest gap that began in it, in seconds, and how far into the hour; 0: none.
    public var longest: Int
    public var at: Int

    public init(hour: Int, records: Int, longest: Int = 0, at: Int = 0) {
      self.hour = hour
      self.records = records
      self.longest = longest
      self.at = at
    }
  }

  /// A stretch that tells nothing: nobody looked, or the path was known to be broken.
  public struct Hole: Hashable, Sendable {
    public var from: Timestamp
    public var to: Timestamp

    public init(from: Timestamp, to: Timestamp) {
      self.from = from
      self.to = to
    }
  }

  public static let weeks = 6
  static let holeLimit = 200

  /// Since when records are counted.
  public private(set) var began: Timestamp?
  /// Oldest first.
  public private(set) var hours: [Hour]
  public private(set) var holes: [Hole]
  /// The newest record: a gap has begun with it.
  public private(set) var last: Timestamp?
  public private(set) var looked: Timestamp
  private var isBroken: Bool

  public init(
    began: Timestamp? = nil, hours: [Hour] = [], holes: [Hole] = [], last: Timestamp? = nil,
    looked: Timestamp
  ) {
    self.began = began
    self.hours = hours
    self.holes = holes
    self.last = last
    self.looked = looked
    isBroken = false
  }

  /// The gap that is open tells nothing about what is usual.
  public mutating func distrust() { isBroken = true }

  /// A look that worked, and the newest record that it found. Says whether that is a newer one.
  ///
  /// - Parameters:
  ///   - staleAfter: nobody looked for longer than this: what came meanwhile is not known.
  ///   - limit: a gap that is longer was an alarm, and is not learned.
  public mutating func saw(
    _ newest: Timestamp?, at time: Timestamp, staleAfter: Duration, limit: Duration
  ) -> Bool {
    if time - looked > staleAfter { isBroken = true }
    looked = max(looked, time)
    guard let newest, newest <= time else { return false }
    guard let last else {
      (began, self.last) = (newest, newest)
      isBroken = false
      return true
    }
    guard newest > last else { return false }
    let gap = newest - last
    if isBroken || gap > limit {
      holes.append(Hole(from: last, to: newest))
    } else {
      note(gap, from: last)
    }
    if Self.stretch(newest) != Self.stretch(last) { count(newest) }
    self.last = newest
    isBroken = false
    trim(at: newest)
    return true
  }

  /// How long was watched, without the holes.
  public var watched: Duration {
    guard let began, let last else { return .zero }
    return (last - began) - holes.reduce(.zero) { $0 + ($1.to - max($1.from, began)) }
  }

  static func hour(_ time: Timestamp) -> Int {
    Int(CivilTime.floorDivide(time.millis, 3_600_000))
  }

  private static func stretch(_ time: Timestamp) -> Int64 {
    CivilTime.floorDivide(time.millis, 600_000)
  }

  private mutating func note(_ gap: Duration, from: Timestamp) {
    let at = Int(CivilTime.floorDivide(from.millis, 1000)) - Self.hour(from) * 3600
    let index = index(Self.hour(from))
    guard Int(gap.wholeSeconds) > hours[index].longest else { return }
    (hours[index].longest, hours[index].at) = (Int(gap.wholeSeconds), at)
  }

  private mutating func count(_ record: Timestamp) {
    hours[index(Self.hour(record))].records += 1
  }

  /// Records come in order: the hour is the last one, or a new one after it.
  private mutating func index(_ hour: Int) -> Int {
    if let index = hours.lastIndex(where: { $0.hour <= hour }), hours[index].hour == hour {
      return index
    }
    let after = (hours.lastIndex { $0.hour < hour } ?? -1) + 1
    hours.insert(Hour(hour: hour, records: 0), at: after)
    return after
  }

  private mutating func trim(at now: Timestamp) {
    let start = now - .hours(Self.weeks * 168)
    guard let began, began < start || holes.count > Self.holeLimit else { return }
    var from = max(began, start)
    if holes.count > Self.holeLimit {
      from = max(from, holes[holes.count - Self.holeLimit - 1].to)
    }
    self.began = from
    holes.removeAll { $0.to <= from }
    let first = Self.hour(from)
    if let kept = hours.firstIndex(where: { $0.hour >= first }), kept > 0 {
      hours.removeFirst(kept)
    }
  }
}
