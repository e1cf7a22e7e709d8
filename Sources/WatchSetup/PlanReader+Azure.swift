import CloudAPI
import WatchCore

extension PlanReader {
  mutating func readAzure(_ value: JSON5Value) {
    let known = [
      "name", "tenant", "subscriptions", "cloud", "credential", "client", "endpoints", "queue",
      "role",
    ]
    guard let fields = fields(value, "an account of azure", known),
      let name = accountName(fields, .azure)
    else { return }
    let cloud = azureCloud(fields)
    let endpoints = endpoints(fields, AzureAccount.endpointNames)
    let account = AzureAccount(
      tenant: tenant(fields), subscriptions: units(fields, [.subscriptions]),
      cloud: cloud ?? "public", credential: word(fields, "credential", AzureAccount.credentials),
      client: clientID(fields), endpoints: endpoints)
    plan.accounts.append(
      CloudAccount(
        cloud: .azure, name: name,
        queue: storageQueue(fields, cloud, isElsewhere: endpoints["queue"] != nil), azure: account))
  }

  /// One of a few words.
  private mutating func word(_ fields: Fields, _ key: String, _ known: [String]) -> String? {
    guard let value = fields[key]?.value, let text = text(value, key) else { return nil }
    if !known.contains(text) {
      problem(value.place, "\(key) is \(named(text))", Nearest.advice(text, known))
    }
    return text
  }

  private mutating func azureCloud(_ fields: Fields) -> String? {
    guard let text = word(fields, "cloud", AzureAccount.clouds),
      AzureAccount.clouds.contains(text)
    else { return nil }
    return text
  }

  /// A GUID, or a domain of the tenant's.
  private mutating func tenant(_ fields: Fields) -> String? {
    guard let value = fields["tenant"]?.value, let text = text(value, "tenant") else { return nil }
    if let guid = ARMID.guid(text) { return guid }
    let isDomain =
      text.contains(".") && text.utf8.count <= 253
      && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        !label.isEmpty && label.unicodeScalars.allSatisfy { $0.isWordOrDigit || $0 == "-" }
      }
    if !isDomain {
      problem(
        value.place, "tenant is neither a GUID nor a domain",
        "write the tenant's id, or example.onmicrosoft.com")
    }
    return text.lowercased()
  }

  private mutating func clientID(_ fields: Fields) -> String? {
    guard let value = fields["client"]?.value, let text = text(value, "client") else { return nil }
    if let guid = ARMID.guid(text) { return guid }
    problem(value.place, "client is not a GUID", "write the application's (client's) id")
    return text
  }

  /// The watch's own queue, by its URL ("Naming queues and metadata", Queue storage REST API).
  private mutating func storageQueue(
    _ fields: Fields, _ cloud: String?, isElsewhere: Bool
  ) -> String? {
    guard let value = fields["queue"]?.value, let text = text(value, "queue") else { return nil }
    let todo = "write https://ACCOUNT.queue.core.windows.net/NAME"
    guard let parts = URLParts(text), !text.contains("#") else {
      problem(value.place, "queue is not the URL of a storage queue", todo)
      return text
    }
    if parts.query != nil {
      // A shared access signature.
      problem(value.place, "queue holds a query: that would be a secret", todo)
    }
    let names = parts.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let isPath = parts.isThisMachine && names.count == 2
    if !(names.count == 1 || isPath) || names.last.map(Self.isQueueName) != true {
      problem(value.place, "queue is not the URL of a storage queue", todo)
    } else if !parts.isThisMachine, !isElsewhere,
      !Self.isQueueHost(parts.host, cloud)
    {
      problem(value.place, "queue is not a storage queue of this cloud", todo)
    } else if parts.scheme != "https", !parts.isThisMachine {
      problem(value.place, "queue is not asked by https", todo)
    }
    return text
  }

  /// 3 to 63 small letters, digits and single hyphens.
  private static func isQueueName(_ name: Substring) -> Bool {
    let isPlain = name.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
    }
    return isPlain && (3...63).contains(name.utf8.count) && !name.contains("--")
      && !name.hasPrefix("-") && !name.hasSuffix("-")
  }
  /// "Storage account overview", endpoints.
  private static func isQueueHost(_ host: String, _ cloud: String?) -> Bool {
    let suffixes =
      switch cloud {
      case "usgovernment": [".queue.core.usgovcloudapi.net"]
      case "china": [".queue.core.chinacloudapi.cn"]
      default: [".queue.core.windows.net", ".queue.storage.azure.net"]
      }
    return suffixes.contains { host.hasSuffix($0) }
  }
}
