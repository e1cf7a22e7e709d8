/// How often a record is expected (period), and how much longer we wait (grace): late after the
/// period, silent after period + grace.
public struct Expectation: Hashable, Sendable {
  public var period: Duration
  public var grace: Duration
  /// Outside of these hours neither of them runs; nil: they run all the time.
  public var hours: WatchHours?
  /// The period is to be learned; period and hours hold until it is.
  public var learning: Learning?
  /// What was learned so far; nil: nothing yet that would do.
  public var usual: UsualGaps?

  public init(period: Duration, grace: Duration, hours: WatchHours? = nil) {
    self.period = period
    self.grace = grace
    self.hours = hours
  }

  public static func minutes(_ period: Int, _ grace: Int) -> Expectation {
    Expectation(period: .minutes(period), grace: .minutes(grace))
  }

  public var limit: Duration { period + grace }

  // MARK: Boundaries

  /// The moment after which a path is late whose newest record came then.
  public func late(after record: Timestamp) -> Timestamp {
    if let usual { return addFree(span(usual, after: record), to: record) }
    return hours?.add(period, to: record) ?? record + period
  }

  /// The moment after which it is silent.
  public func silent(after record: Timestamp) -> Timestamp {
    if let usual { return addFree(span(usual, after: record) + grace, to: record) }
    return hours?.add(limit, to: record) ?? record + limit
  }

  private func span(_ usual: UsualGaps, after record: Timestamp) -> Duration {
    max(.zero, min(usual.allowed(after: record), usual.longest - grace))
  }

  /// What was learned knows the hours of the week, and no holidays: on these the clock stands still.
  private func addFree(_ span: Duration, to record: Timestamp) -> Timestamp {
    hours?.workdays?.add(span, to: record) ?? record + span
  }

  // MARK: Words

  /// What the newest record is judged by, where that is more than period and grace: `mon-fri …`,
  /// `gaps on Sundays at 04Z reach 1h10m`.
  public func remark(after record: Timestamp?) -> String? {
    if let usual, let record { return usual.text(after: record) }
    let waiting = learning.map { "learning (\($0.lacks ?? "no record yet")), \(text) until then" }
    let words = [waiting, hours?.text].compactMap { $0 }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }

  /// All that is expected, in words: `15m+15m mon-fri 07:00-19:00 Europe/Berlin`.
  public var longText: String {
    [text, hours?.text, learning?.text].compactMap { $0 }.joined(separator: " ")
  }

  /// `15m+15m`
  public var text: String { "\(Self.unit(period))+\(Self.unit(grace))" }

  /// Reads `15m+15m`; units s, m, h, d; one unit a part. Nil for anything else, and for zero periods.
  public init?(text: String) {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count == 2, let period = Self.span(parts[0]), let grace = Self.span(parts[1]),
      period > .zero
    else { return nil }
    self.init(period: period, grace: grace)
  }

  /// Reads `15m`; nil for anything else, or more than ten years.
  public static func span(_ text: some StringProtocol) -> Duration? {
    guard let unit = text.last, let count = Int(text.dropLast()), count >= 0,
      text.first != "+", count <= 315_360_000
    else { return nil }
    let seconds: Int
    switch unit {
    case "s": seconds = 1
    case "m": seconds = 60
    case "h": seconds = 3600
    case "d": seconds = 86_400
    default: return nil
    }
    guard count * seconds <= 315_360_000 else { return nil }
    return .seconds(count * seconds)
  }

  public static func unit(_ span: Duration) -> String {
    let seconds = span.wholeSeconds
    if seconds % 3600 == 0, seconds >= 3 * 3600 { return "\(seconds / 3600)h" }
    return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }

  /// The defaults of each kind of path (docs/configuration.md says why); nil for a path that is
  /// looked at and not waited for.
  public static func standard(_ kind: PathKind) -> Expectation? {
    switch kind {
    case .s3, .echo: .minutes(15, 15)
    case .group: .minutes(10, 10)
    case .digest: .minutes(75, 55)
    case .activity, .export: .minutes(20, 20)
    case .archive, .resource: .minutes(75, 45)
    case .entries: .minutes(15, 15)
    case .trail, .history, .region, .posture, .queue, .setting: nil
    }
  }
}
