extension AlarmLoad {
  /// Within which an alert is to be acknowledged: what the newest roster says of the first role.
  public static func aim(_ picture: Picture) -> Duration {
    let roles = picture.snapshots[.roster]?.content.array ?? []
    return roles.first?["ack_within"]?.string.flatMap { Expectation.span($0) } ?? .minutes(15)
  }

  /// `30 days`, or `12 of 30 days` where the journal is younger.
  public var span: String {
    let (have, all) = (days(known), days(to - from))
    return have < all ? "\(have) of \(all) days" : "\(all) days"
  }

  /// Part of a day is a day.
  private func days(_ span: Duration) -> Int64 { (span.wholeSeconds + 86_399) / 86_400 }

  /// `0.02 %`, of ten-minute slices.
  public var floodPercent: String {
    let rest = floodShare % 100
    return "\(floodShare / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }

  /// Each figure with its name and what it is to be: for the command.
  public func lines(aim: Duration) -> [(name: String, value: String, target: String)] {
    let (day, inTime) = (perDay, acked(within: aim))
    let median = medianToAck?.text ?? "-"
    let longest = longestToAck?.text ?? "-"
    let frequent = mostFrequent.map { "\($0.code) \($0.count)" } ?? "-"
    return [
      ("raised", "\(raised)", ""), ("acknowledged", "\(acked)", ""), ("open now", "\(open)", ""),
      ("a day", "\(day.median) median, \(day.worst) worst", "150 fine, 300 at most"),
      ("worst 10 minutes", "\(worstTenMinutes)", "flood above \(Picture.floodLimit)"),
      ("10-minute slices in flood", floodPercent, "under 1 %"),
      ("high/medium/low", mix, "5/15/80 %"),
      ("time to acknowledge", "\(median) median, \(longest) longest", aim.text),
      ("acknowledged in time", "\(inTime.count) of \(inTime.of)", "all"),
      ("open over 24 h", "\(staleOpen)", "under 5"), ("chattering", "\(chattering)", "0"),
      ("most frequent", frequent, ""),
      ("ten most frequent", topTen.map { "\($0) % of all" } ?? "-", "1 to 5 %"),
      ("rules changed without a name", "\(unnamedChanges)", "0"),
      ("source minutes blind", "\(blindMinutes)", "0"),
      ("no watch ran", unwatched.text, "0s"),
    ]
  }

  public func json(aim: Duration) -> JSON {
    let day = perDay
    func count(_ value: Int) -> JSON { .int(Int64(value)) }
    func seconds(_ span: Duration?) -> JSON? { span.map { .int($0.wholeSeconds) } }
    return .facts([
      ("schema", 1), ("from", .string(from.iso)), ("to", .string(to.iso)),
      ("known_s", seconds(known)), ("raised", count(raised)), ("acknowledged", count(acked)),
      ("open", count(open)), ("per_day_median", count(day.median)),
      ("per_day_worst", count(day.worst)), ("worst_10_min", count(worstTenMinutes)),
      ("flood_limit", count(Picture.floodLimit)), ("flood_slices_per_10000", count(floodShare)),
      ("high", count(raised(.high))), ("medium", count(raised(.medium))),
      ("low", count(raised(.low))), ("to_ack_median_s", seconds(medianToAck)),
      ("to_ack_longest_s", seconds(longestToAck)), ("to_ack_aim_s", seconds(aim)),
      ("acknowledged_in_time", count(acked(within: aim).count)),
      ("open_over_24h", count(staleOpen)),
      ("chattering", count(chattering)),
      ("most_frequent", mostFrequent.map { .string($0.code) }),
      ("most_frequent_count", mostFrequent.map { count($0.count) }),
      ("top_ten_percent", topTen.map(count)),
      ("rules_changed_without_a_name", count(unnamedChanges)),
      ("blind_source_minutes", count(blindMinutes)), ("unwatched_s", seconds(unwatched)),
    ])
  }
}
