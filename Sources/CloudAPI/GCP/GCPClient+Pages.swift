extension GCPClient {
  /// All pages of a list, or an error: never a part of it.
  func list<Item>(
    _ call: GCPCall, _ member: String,
    _ read: (CloudMembers) throws(CloudError) -> Item
  ) async throws(CloudError) -> [Item] {
    var items: [Item] = []
    let isComplete = try await pages(call, cap: Paging.settingsCap) {
      (body) throws(CloudError) in
      for entry in try body.objects(member) { items.append(try read(entry)) }
      return true
    }
    guard isComplete else { throw Paging.endless(call.operation) }
    return items
  }

  /// Page by page, by `nextPageToken`; a page may be empty and still name a next one.
  /// - Parameters:
  ///   - page: what to do with one page; false when no more are wanted.
  /// - Returns: false when the cap or the caller cut the walk with more to come.
  func pages(
    _ call: GCPCall, cap: Int, _ page: (CloudMembers) throws(CloudError) -> Bool
  ) async throws(CloudError) -> Bool {
    var sized = call
    if let size = access.pageSize, let name = call.pageSizeName {
      sized.query.append((name: name, value: String(size)))
    }
    let first = sized
    return try await Paging.walk(call.operation, cap: cap) {
      (token) async throws(CloudError) -> Paging.Step in
      let body = try await answer(to: first.page(token))
      let goesOn = try page(body)
      guard let next = try body.text("nextPageToken") else { return .end }
      return goesOn ? .more(token: next) : .enough
    }
  }

  /// The cloud says itself that it has not looked everywhere, or there is no end to it.
  func incomplete(
    _ call: GCPCall, code: String, _ message: String, reasons: [String] = []
  ) -> CloudError {
    .incomplete(
      CloudServiceError(
        operation: call.operation, permission: call.permissions.first?.rawValue ?? "",
        place: call.place, status: 200, code: code, reasons: reasons, message: message))
  }
}
