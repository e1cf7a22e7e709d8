import CloudAPI
import WatchCore

/// What a workspace holds of the Activity Log: for each subscription the newest row by both of its
/// times, that of the event and that of its arrival.
struct ActivityRows: Sendable {
  struct Newest: Hashable, Sendable {
    /// `ingestion_time()`
    var arrived: Timestamp?
    /// `TimeGenerated`
    var happened: Timestamp?
    var count: Int
  }

  /// By subscription, in lower case; what has no rows is not in it.
  var newest: [String: Newest] = [:]
  /// The table was never written to: the workspace does not know it yet.
  var hasTable = true

  static let table = "AzureActivity"

  /// Our own writes are left out: they would make a dead export look alive. (Reads are not in the
  /// Activity Log at all.)
  static func query(own: AzureIdentity?) -> String {
    let ids = [own?.objectID, own?.appID].compactMap { $0 }.map(KQL.text)
    let others = ids.isEmpty ? "" : " | where Caller !in~ (\(ids.joined(separator: ", ")))"
    return "\(table)\(others)"
      + " | summarize Happened = max(TimeGenerated), Arrived = max(ingestion_time()),"
      + " Records = count() by Subscription = tolower(SubscriptionId)"
  }

  static func read(
    _ workspace: String, _ span: AzureFacts.RowSpan, own: AzureIdentity?, _ client: AzureClient
  ) async throws(Blindness) -> ActivityRows {
    let answer: LogTable
    do {
      answer = try await client.query(
        workspace: workspace, query(own: own), tables: [table],
        columns: ["Subscription", "Happened", "Arrived", "Records"], hours: span.hours)
    } catch {
      try await client.needsNoTable(table, of: span.workspace, error)
      return ActivityRows(hasTable: false)
    }
    var rows = ActivityRows()
    for row in answer.rows {
      guard let subscription = row.text("Subscription"), !subscription.isEmpty else { continue }
      rows.newest[subscription.lowercased()] = try Newest(row)
    }
    return rows
  }
}

extension ActivityRows.Newest {
  /// A row without a time that can be read is unreadable: it is there, and nobody knows how old.
  init(_ row: LogTable.Row) throws(Blindness) {
    arrived = row.date("Arrived").flatMap { Timestamp($0) }
    happened = row.date("Happened").flatMap { Timestamp($0) }
    count = row.int("Records") ?? 0
    guard arrived != nil || count == 0 else {
      throw Blindness(kind: .unreadable, detail: "Query - Execute: a row without a time of arrival")
    }
  }
}

/// Texts for queries in Kusto's language.
enum KQL {
  /// A quoted string (string literals: a backslash escapes).
  static func text(_ value: String) -> String {
    var quoted = "\""
    for scalar in value.unicodeScalars where scalar.value >= 0x20 {
      if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// Whether it can be a table's name: letters, digits, underscores (entity names).
  static func isTable(_ name: String) -> Bool {
    guard let first = name.utf8.first, first == 0x5f || isLetter(first) else { return false }
    return name.utf8.count <= 128
      && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }
}
