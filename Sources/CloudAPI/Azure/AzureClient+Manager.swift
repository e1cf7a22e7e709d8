import Transfer

/// Azure Resource Manager: how its reads are made.
extension AzureClient {
  /// One read of a resource or a list.
  struct Read {
    /// The REST reference's name: `Diagnostic Settings - List`.
    var operation: String
    var action: AzureAction
    /// Subscription, or kind and name.
    var place: String
    /// Percent-encoded, from the slash on.
    var path: String
    var version: String
    var query: [(name: String, value: String)] = []
    /// Of the subscription's quota; the general one when nil.
    var rate: CallRate?
    /// How long the service itself may work on it, beyond what a plain read takes.
    var waitSeconds = 0
    /// Largest accepted answer, in bytes.
    var bodyLimit = 8 << 20
  }

  /// Resource Manager keeps a bucket of 250 reads, 25 a second more, for each principal and
  /// subscription ("Request limits and throttling"); others read as well.
  static func managerRate(_ subscription: String) -> CallRate {
    CallRate("arm \(subscription.lowercased())", perSecond: 15, burst: 100)
  }

  func call(_ read: Read) throws(CloudError) -> TokenCall {
    let place = try settings().resourceManager()
    let query = read.query + [(name: "api-version", value: read.version)]
    var call = TokenCall(
      read.operation, permission: read.action.name, place: read.place,
      url: "\(place.base)\(read.path)?\(PercentEncoding.query(query))", audience: place.audience,
      dialect: .azure)
    call.headers = [HTTPHeader("Accept", "application/json")]
    call.allowPlain = place.isOverride
    call.rate = read.rate ?? Self.managerRate(Self.subscription(read.path))
    call.waitSeconds = read.waitSeconds
    call.limits.bodyBytes = read.bodyLimit
    return call
  }

  /// The one resource; a missing one is an error (`isMissing`).
  func resource(_ read: Read) async throws(CloudError) -> CloudMembers {
    try await exchange.answer(to: call(read)).members()
  }

  /// The one resource; nil where there is none. That what it is part of does not exist is an error.
  func resourceIfThere(_ read: Read) async throws(CloudError) -> CloudMembers? {
    do {
      return try await resource(read)
    } catch .service(let error) where error.isMissing && !Self.parentIsMissing(error, read.path) {
      return nil
    }
  }

  /// ResourceNotFound quotes what is not there: `The Resource 'Microsoft.KeyVault/vaults/v' under …`.
  private static func parentIsMissing(_ error: CloudServiceError, _ path: String) -> Bool {
    let kind = path.split(separator: "/").dropLast().last?.lowercased() ?? ""
    switch error.code {
    case "ContainerNotFound": return kind != "containers"
    case "ResourceNotFound":
      let words = error.message.lowercased()
      return words.contains("'") && !words.contains("/\(kind)/")
    default: return parents.contains(error.code)
    }
  }

  private static let parents: Set<String> = [
    "SubscriptionNotFound", "ResourceGroupNotFound", "ParentResourceNotFound", "VaultNotFound",
    "WorkspaceNotFound", "StorageAccountNotFound", "InvalidResourceType",
  ]

  /// A whole list, page after page; cut short is an error.
  func list<Item>(
    _ read: Read, _ make: (CloudMembers) throws(CloudError) -> Item
  ) async throws(CloudError) -> [Item] {
    var items: [Item] = []
    let isWhole = try await pages(read, cap: Paging.settingsCap) {
      (entry) throws(CloudError) in
      items.append(try make(entry))
      return true
    }
    guard isWhole else { throw Paging.endless(read.operation) }
    return items
  }

  /// `{"value": […], "nextLink": …}`. The link is followed as it is, on the same host alone: the
  /// token goes with it.
  /// - Parameter each: false when the caller has seen enough.
  /// - Returns: false when the cap or the caller cut the walk with more to come.
  func pages(
    _ read: Read, cap: Int, each: (CloudMembers) throws(CloudError) -> Bool
  ) async throws(CloudError) -> Bool {
    let first = try call(read)
    return try await Paging.walk(read.operation, cap: cap) {
      (link) async throws(CloudError) in
      var call = first
      if let link { call.url = link }
      let body = try await exchange.answer(to: call).members()
      _ = try body.needList("value")
      for entry in try body.objects("value") {
        if try !each(entry) { return .enough }
      }
      guard let next = try body.text("nextLink") else { return .end }
      return .more(token: try Self.follow(next, from: first.url, body.answer))
    }
  }

  /// Left as it is but for characters that no URL may hold: some services forget to encode them.
  private static func follow(
    _ link: String, from url: String, _ answer: TokenAnswer
  ) throws(CloudError) -> String {
    var safe = ""
    for byte in link.utf8 {
      let isAllowed = byte > 0x20 && byte < 0x7f && !"\"<>\\^`{|}".utf8.contains(byte)
      safe += isAllowed ? String(UnicodeScalar(byte)) : hex(byte)
    }
    guard let next = URLParts(safe), let own = URLParts(url), !safe.contains("#") else {
      throw answer.unreadable("its next page is not a URL")
    }
    guard next.scheme == own.scheme, next.hostHeader == own.hostHeader else {
      throw answer.unreadable("its next page is on another host")
    }
    return safe
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF")
    return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
  }

  private static func subscription(_ path: String) -> String {
    AzureID(path)?.subscriptionID ?? "tenant"
  }

  /// `/subscriptions/{id}`, checked: a GUID and nothing else goes into a path.
  static func root(_ subscription: String) throws(CloudError) -> String {
    let isPlain = subscription.utf8.allSatisfy {
      PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: ".")
    }
    guard isPlain, !subscription.isEmpty, subscription.utf8.count <= 100 else {
      throw .settings(
        setting: "subscription",
        reason: "\"\(PlainLine.make(subscription, limit: 60))\" is not a subscription's id")
    }
    return "/subscriptions/\(subscription)"
  }
}

extension AnswerMembers where Answer == TokenAnswer {
  /// A resource's id; nil for a missing, null or empty one.
  func id(_ name: String) throws(CloudError) -> AzureID? {
    guard let text = try text(name) else { return nil }
    guard let id = AzureID(text) else { throw answer.unreadable("\(name) is not a resource's id") }
    return id
  }

  func needID(_ name: String) throws(CloudError) -> AzureID {
    guard let id = try id(name) else { throw answer.unreadable("\(name) is missing") }
    return id
  }

  /// Ids of an array of strings.
  func ids(_ name: String) throws(CloudError) -> [AzureID] {
    var ids: [AzureID] = []
    for text in try texts(name) {
      guard let id = AzureID(text) else {
        throw answer.unreadable("\(name) holds what is not a resource's id")
      }
      ids.append(id)
    }
    return ids
  }

  /// `{"value": …, "localizedValue": …}`, or the plain text that some services send instead.
  func word(_ name: String) throws(CloudError) -> String? {
    if value[name]?.members != nil { return try object(name)?.text("value") }
    return try text(name)
  }
}
