/// Reading log entries (Cloud Logging API v2, entries.list).
extension GCPClient {
  /// The newest entry that matches, nil when there is none: said only when Google has searched to
  /// the end. IAM: `logging.logEntries.list` (and `logging.privateLogEntries.list`, or
  /// `logging.views.access`).
  public func newestEntry(
    in place: EntryPlace, _ query: LogQuery
  ) async throws(CloudError) -> LogEntry? {
    try await entries(in: place, query, most: 1).entries.first
  }

  /// Entries that match, newest first unless said otherwise.
  /// - Parameters:
  ///   - most: where to stop; ``LogEntries/isComplete`` is then false if there was more.
  /// - Throws: `CloudError.incomplete` when Google goes on naming next pages beyond all reason.
  public func entries(
    in place: EntryPlace, _ query: LogQuery, most: Int = 1_000, newestFirst: Bool = true
  ) async throws(CloudError) -> LogEntries {
    let call = Self.entriesCall(
      place, query, pageSize: min(max(access.pageSize ?? most, 1), Self.entriesPageSize),
      newestFirst: newestFirst)
    var found: [LogEntry] = []
    var emptyPages = 0
    let isComplete = try await pages(call, cap: .max) { (body) throws(CloudError) in
      let page = try body.list("entries") ?? []
      for value in page {
        guard let entry = LogEntry(value) else {
          throw body.answer.unreadable("an entry has no log, or a time that is none")
        }
        found.append(entry)
      }
      if page.isEmpty { emptyPages += 1 }
      if emptyPages > Self.emptyPageCap, try body.text("nextPageToken") != nil {
        throw incomplete(
          call, code: "SEARCH_NOT_FINISHED",
          "the search was not finished after \(emptyPages) pages without an entry")
      }
      return found.count < most
    }
    let isCut = !isComplete || found.count > most
    return LogEntries(entries: Array(found.prefix(most)), isComplete: !isCut)
  }

  /// Google's own limit.
  private static let entriesPageSize = 1_000
  /// Pages without an entry that are walked through before it is given up.
  private static let emptyPageCap = 30

  private static func entriesCall(
    _ place: EntryPlace, _ query: LogQuery, pageSize: Int, newestFirst: Bool
  ) -> GCPCall {
    var permissions: [GCPPermission]
    switch place {
    case .parent: permissions = [.logEntriesList]
    case .view: permissions = [.viewsAccess]
    }
    if query.readsPrivate, case .parent = place { permissions.append(.privateLogEntriesList) }
    var call = GCPCall(
      .logging, "logging.entries.list", permissions, place: place.name, path: "/v2/entries:list")
    call.post([
      JSONMember("resourceNames", .array([.string(place.name)])),
      JSONMember("filter", .string(query.filter)),
      JSONMember("orderBy", .string(newestFirst ? "timestamp desc" : "timestamp asc")),
      JSONMember("pageSize", .number(String(pageSize))),
    ])
    return call
  }
}
