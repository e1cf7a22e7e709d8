import WatchCore

/// How a source is judged: its profile, its hours, and what is expected of each path.
struct SourceTerms {
  var profile = SourceProfile.busy
  var hours: WatchHours?
  var expect: [PathKind: Expectation] = [:]
  var learned: [PathKind: Learning] = [:]
}

extension SourcePlan {
  func judged(by terms: SourceTerms) -> SourcePlan {
    var copy = self
    copy.profile = terms.profile
    copy.hours = terms.hours
    copy.expect = terms.expect
    copy.learned = terms.learned
    return copy
  }
}

extension PlanReader {
  mutating func terms(_ fields: Fields, _ cloud: Cloud) -> SourceTerms {
    var terms = SourceTerms()
    if let member = fields["profile"] { terms.profile = profile(member.value) ?? .busy }
    terms.hours = hours(fields, terms.profile)
    expectations(fields, cloud, &terms)
    return terms
  }

  private mutating func profile(_ value: JSON5Value) -> SourceProfile? {
    guard let text = text(value, "profile") else { return nil }
    if let profile = SourceProfile(rawValue: text) { return profile }
    problem(
      value.place, "\(named(text)) is not a profile",
      Nearest.advice(text, SourceProfile.allCases.map(\.rawValue)))
    return nil
  }

  private static let hourKeys = ["zone", "days", "from", "to", "except"]

  private mutating func hours(_ fields: Fields, _ profile: SourceProfile) -> WatchHours? {
    guard let value = fields["hours"]?.value else {
      if profile == .office, let place = fields["profile"]?.value.place {
        problem(
          place, "profile office needs the zone of the office",
          "write hours: { zone: \"Europe/Berlin\" } beside it")
      }
      return nil
    }
    if case .string = value.content { return hours(ofText: value) }
    guard let own = self.fields(value, "hours", Self.hourKeys) else { return nil }
    let zone = zone(own)
    let days = days(own) ?? (profile == .office ? SourceProfile.officeDays : Set(0...6))
    let from = clock(own, "from") ?? (profile == .office ? SourceProfile.officeFrom : 0)
    let to = clock(own, "to") ?? (profile == .office ? SourceProfile.officeTo : 1440)
    let free = own["except"].map { dates($0.value) } ?? []
    guard let zone else { return nil }
    return held(value.place, zone, days, from, to, except: free)
  }

  /// Of a role or a person: an office's days and times where only the zone is named.
  mutating func workingHours(_ fields: Fields) -> WatchHours? { hours(fields, .office) }

  /// `mon-fri 08:00-18:00 Europe/Berlin`, in any case.
  private mutating func hours(ofText value: JSON5Value) -> WatchHours? {
    guard let text = text(value, "hours") else { return nil }
    let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    let times =
      words.count == 3 ? words[1].split(separator: "-", omittingEmptySubsequences: false) : []
    guard times.count == 2, let days = WatchHours.days(words[0].lowercased()),
      let from = WatchHours.minute(String(times[0])), from < 1440,
      let to = WatchHours.minute(String(times[1]))
    else {
      problem(
        value.place, "hours are \(named(text))",
        "write \"mon-fri 08:00-18:00 Europe/Berlin\": days, times and a time zone")
      return nil
    }
    guard let zone = ZoneTable.zone(words[2]) else {
      problem(
        value.place, "\(named(words[2])) is not a time zone of the tz database",
        Nearest.advice(words[2], ZoneTable.names))
      return nil
    }
    return held(value.place, zone, days, from, to == 0 ? 1440 : to)
  }

  private mutating func held(
    _ place: TextPlace, _ zone: ZoneOffsets, _ days: Set<Int>, _ from: Int, _ to: Int,
    except: Set<Int> = []
  ) -> WatchHours? {
    // Less than an hour would make a period of minutes last for weeks.
    let length = to > from ? to - from : to + 1440 - from
    guard from != to, length >= 60 else {
      problem(place, "hours hold less than an hour", "write from and to further apart")
      return nil
    }
    return WatchHours(zone: zone, days: days, from: from, to: to, except: except)
  }

  private mutating func zone(_ fields: Fields) -> ZoneOffsets? {
    guard let text = required(fields, "zone", example: "Europe/Berlin"),
      let place = fields["zone"]?.value.place
    else { return nil }
    if let zone = ZoneTable.zone(text) { return zone }
    problem(
      place, "\(named(text)) is not a time zone of the tz database",
      Nearest.advice(text, ZoneTable.names))
    return nil
  }

  private mutating func days(_ fields: Fields) -> Set<Int>? {
    guard let value = fields["days"]?.value, let text = text(value, "days") else { return nil }
    if let days = WatchHours.days(text) { return days }
    problem(
      value.place, "days is \(named(text))", "write \"mon-fri\", \"sat,sun\" or \"daily\"")
    return nil
  }

  private mutating func clock(_ fields: Fields, _ key: String) -> Int? {
    guard let value = fields[key]?.value, let text = text(value, key) else { return nil }
    if let minute = WatchHours.minute(text), key == "to" || minute < 1440 {
      return key == "to" && minute == 0 ? 1440 : minute
    }
    problem(
      value.place, "\(key) is \(named(text))",
      key == "to" ? "write 00:00 to 24:00" : "write 00:00 to 23:59")
    return nil
  }

  /// Days on which nothing is expected, as they are counted from 1970 on.
  private mutating func dates(_ value: JSON5Value) -> Set<Int> {
    var found: Set<Int> = []
    for item in texts(value, "except") {
      if item.text.utf8.count == 10, let day = Timestamp(iso: "\(item.text)T00:00:00Z") {
        found.insert(Int(day.millis / 86_400_000))
      } else {
        problem(item.place, "\(named(item.text)) is not a date", "write one such as 2026-12-25")
      }
    }
    return found
  }
}
