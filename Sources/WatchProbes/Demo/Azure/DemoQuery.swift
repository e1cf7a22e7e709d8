import CloudAPI
import WatchCore

/// A query in the small part of the Kusto language that the demo plays: one table, `where`,
/// `extend`, `summarize`, `project`, `sort`, `order`, `top`, `take`, `distinct`, `count`. Whatever
/// else is asked is an error, as a real workspace has for what it cannot read: never a guess.
struct DemoQuery: Sendable {
  var table: String
  private var steps: [Step] = []

  enum Step: Sendable {
    case filter(DemoQueryTerm)
    case extend([Column])
    case summarize([Column], by: [Column])
    case project([Column])
    case distinct([Column])
    case sort([(term: DemoQueryTerm, down: Bool)])
    case take(Int)
    case count
  }

  struct Column: Sendable {
    var name: String
    var term: DemoQueryTerm
  }

  struct Table: Sendable {
    var columns: [(name: String, type: String)]
    var rows: [[DemoQueryValue]]
  }

  /// One row by its columns' names, and when it arrived.
  struct Row: Sendable {
    var values: [String: DemoQueryValue]
    var ingested: Timestamp
  }

  init(_ text: String) throws(DemoQueryProblem) {
    var reader = try DemoQueryReader(text)
    table = try reader.name()
    while !reader.isAtEnd {
      try reader.skip("|")
      steps += try Self.steps(&reader)
    }
  }

  /// A verb; `top` is a sort and a take.
  private static func steps(_ reader: inout DemoQueryReader) throws(DemoQueryProblem) -> [Step] {
    let verb = try reader.name()
    guard verb == "top" else { return [try step(verb, &reader)] }
    let most = try reader.count()
    try reader.skip("by")
    return [.sort(try reader.orders()), .take(most)]
  }

  private static func step(
    _ verb: String, _ reader: inout DemoQueryReader
  ) throws(DemoQueryProblem) -> Step {
    switch verb {
    case "where", "filter": return .filter(try reader.term())
    case "extend": return .extend(try reader.columns())
    case "project": return .project(try reader.columns())
    case "distinct": return .distinct(try reader.columns())
    case "summarize":
      let columns = reader.isAt("by") ? [] : try reader.columns()
      return .summarize(columns, by: reader.take("by") ? try reader.columns() : [])
    case "sort", "order":
      try reader.skip("by")
      return .sort(try reader.orders())
    case "take", "limit": return .take(try reader.count())
    case "count": return .count
    default: throw .syntax(verb)
    }
  }

  /// - Parameter now: the workspace's clock.
  func run(_ rows: [Row], now: Timestamp) throws(DemoQueryProblem) -> Table {
    var names = Set(rows.flatMap(\.values.keys)).sorted()
    var rows = rows
    for step in steps {
      switch step {
      case .filter(let term):
        var kept: [Row] = []
        for row in rows where try term.value(row, now).isTrue { kept.append(row) }
        rows = kept
      case .extend(let columns):
        rows = try Self.computed(rows, columns, now, keeping: true)
        names += columns.map(\.name).filter { !names.contains($0) }
      case .project(let columns), .distinct(let columns):
        rows = try Self.computed(rows, columns, now, keeping: false)
        names = columns.map(\.name)
        if case .distinct = step { rows = Self.unique(rows, names) }
      case .summarize(let columns, let keys):
        rows = try Self.groups(rows, columns, keys, now)
        names = keys.map(\.name) + columns.map(\.name)
      case .sort(let orders): rows = try Self.sorted(rows, orders, now)
      case .take(let most): rows = Array(rows.prefix(most))
      case .count:
        rows = [Row(values: ["Count": .number(Double(rows.count))], ingested: now)]
        names = ["Count"]
      }
    }
    return Table(
      columns: names.map { name in (name, Self.type(rows.compactMap { $0.values[name] }, name)) },
      rows: rows.map { row in names.map { row.values[$0] ?? .null } })
  }

  private static func computed(
    _ rows: [Row], _ columns: [Column], _ now: Timestamp, keeping: Bool
  ) throws(DemoQueryProblem) -> [Row] {
    var out: [Row] = []
    for row in rows {
      var next = row
      if !keeping { next.values = [:] }
      for column in columns { next.values[column.name] = try column.term.value(row, now) }
      out.append(next)
    }
    return out
  }

  private static func unique(_ rows: [Row], _ names: [String]) -> [Row] {
    var seen: Set<[DemoQueryValue]> = []
    return rows.filter { row in seen.insert(names.map { row.values[$0] ?? .null }).inserted }
  }

  /// Without keys there is one row, also over nothing.
  private static func groups(
    _ rows: [Row], _ columns: [Column], _ keys: [Column], _ now: Timestamp
  ) throws(DemoQueryProblem) -> [Row] {
    var order: [[DemoQueryValue]] = keys.isEmpty ? [[]] : []
    var groups: [[DemoQueryValue]: [Row]] = keys.isEmpty ? [[]: []] : [:]
    for row in rows {
      var key: [DemoQueryValue] = []
      for column in keys { key.append(try column.term.value(row, now)) }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    var out: [Row] = []
    for key in order {
      var values = Dictionary(zip(keys.map(\.name), key)) { $1 }
      for column in columns { values[column.name] = try column.term.total(groups[key] ?? [], now) }
      out.append(Row(values: values, ingested: now))
    }
    return out
  }

  private static func sorted(
    _ rows: [Row], _ orders: [(term: DemoQueryTerm, down: Bool)], _ now: Timestamp
  ) throws(DemoQueryProblem) -> [Row] {
    var keyed: [(keys: [DemoQueryValue], row: Row)] = []
    for row in rows {
      var keys: [DemoQueryValue] = []
      for order in orders { keys.append(try order.term.value(row, now)) }
      keyed.append((keys, row))
    }
    keyed.sort { left, right in
      for (index, order) in orders.enumerated() where left.keys[index] != right.keys[index] {
        let isLess = left.keys[index].isLess(than: right.keys[index]) ?? left.keys[index].isNull
        return isLess != order.down
      }
      return false
    }
    return keyed.map(\.row)
  }

  private static func type(_ values: [DemoQueryValue], _ name: String) -> String {
    switch values.first(where: { !$0.isNull }) {
    case .number?: "long"
    case .time?: "datetime"
    case .flag?: "bool"
    case .span?: "timespan"
    case .text?: "string"
    default: name.hasPrefix("Time") || name.hasPrefix("Newest") ? "datetime" : "string"
    }
  }
}
