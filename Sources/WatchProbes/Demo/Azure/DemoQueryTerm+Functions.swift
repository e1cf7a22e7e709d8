import WatchCore

extension DemoQueryTerm {
  /// A function of one row.
  func function(
    _ name: String, _ terms: [DemoQueryTerm], _ row: DemoQuery.Row, _ now: Timestamp
  ) throws(DemoQueryProblem) -> DemoQueryValue {
    var values: [DemoQueryValue] = []
    for term in terms { values.append(try term.value(row, now)) }
    switch (name, values.count) {
    case ("ingestion_time", 0): return .time(row.ingested)
    case ("now", 0): return .time(now)
    case ("ago", 1):
      guard case .span(let span) = values[0] else { return .null }
      return .time(now - span)
    case ("datetime", 1), ("todatetime", 1):
      if case .time = values[0] { return values[0] }
      return values[0].text.flatMap { Timestamp(iso: $0) }.map { .time($0) } ?? .null
    case ("tolower", 1): return values[0].text.map { .text($0.lowercased()) } ?? .null
    case ("toupper", 1): return values[0].text.map { .text($0.uppercased()) } ?? .null
    case ("tostring", 1):
      return values[0].isNull ? .text("") : .text(values[0].text ?? values[0].json.string ?? "")
    case ("isnotempty", 1): return .flag(!values[0].isNull && values[0].text != "")
    case ("isempty", 1): return .flag(values[0].isNull || values[0].text == "")
    case ("isnotnull", 1): return .flag(!values[0].isNull)
    case ("isnull", 1): return .flag(values[0].isNull)
    case ("not", 1): return .flag(!values[0].isTrue)
    case ("column_ifexists", 2):
      return values[0].text.flatMap { row.values[$0] } ?? values[1]
    case ("coalesce", 1...): return values.first { !$0.isNull } ?? .null
    case ("iff", 3), ("iif", 3): return values[0].isTrue ? values[1] : values[2]
    case ("between", 3):
      let isIn =
        values[0].isLess(than: values[1]) == false && values[2].isLess(than: values[0]) == false
      return .flag(isIn)
    default: throw .unknown(name)
    }
  }

  /// An aggregate over a group's rows; over none, `max` and `min` are null.
  func total(
    _ rows: [DemoQuery.Row], _ now: Timestamp
  ) throws(DemoQueryProblem) -> DemoQueryValue {
    guard case .call(let name, let terms) = self else {
      throw .syntax("an aggregate is wanted")
    }
    switch (name, terms.count) {
    case ("count", 0): return .number(Double(rows.count))
    case ("countif", 1):
      var count = 0
      for row in rows where try terms[0].value(row, now).isTrue { count += 1 }
      return .number(Double(count))
    case ("max", 1), ("min", 1):
      var best = DemoQueryValue.null
      for row in rows {
        let value = try terms[0].value(row, now)
        guard !value.isNull else { continue }
        let isLess = best.isLess(than: value)
        if best.isNull || (name == "max" ? isLess == true : value.isLess(than: best) == true) {
          best = value
        }
      }
      return best
    case ("sum", 1):
      var sum = 0.0
      for row in rows {
        if case .number(let value) = try terms[0].value(row, now) { sum += value }
      }
      return .number(sum)
    case ("dcount", 1):
      var seen: Set<DemoQueryValue> = []
      for row in rows { seen.insert(try terms[0].value(row, now)) }
      return .number(Double(seen.count))
    case ("take_any", 1), ("any", 1):
      return try rows.first.map { row throws(DemoQueryProblem) in
        try terms[0].value(row, now)
      } ?? .null
    default: throw .unknown(name)
    }
  }
}
