import WatchCore
import WatchSetup

/// `watchkeeper policy aws | azure | gcp`: the least that the watch must be allowed, from what its probes declare.
enum PolicyCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    switch arguments.words.first {
    case "azure": return try RolesCommand.run(arguments, .azure)
    case "gcp": return try RolesCommand.run(arguments, .gcp)
    default: return try aws(arguments)
    }
  }

  private static func aws(_ arguments: Arguments) throws -> Int32 {
    let output = try PolicyOutput(arguments)
    try checkTrust(arguments)
    let entries = try AccountsAtHand(arguments).entries
    for entry in entries {
      var policy = AccessPolicy(
        inventory: entry.inventory, probes: entry.probes, readers: entry.readers, gap: entry.gap)
      policy.published = entry.topics
      tell(policy, isOffline: arguments.has("--offline"))
      var documents = policy.documents
      if documents.count > 1 {
        Printer.error(
          "\(entry.account.name): one document would be too large: attach all \(documents.count)")
      }
      if let role = entry.account.roleARN {
        documents.append(TrustPolicy.assuming(role, account: entry.account.name))
      }
      if let trusted = arguments.value("--trust") {
        documents.append(try trust(trusted, entry, arguments))
      }
      try output.write(documents)
    }
    return 0
  }

  /// Before anything is asked or printed.
  private static func checkTrust(_ arguments: Arguments) throws {
    let externalID = arguments.value("--external-id")
    guard let trusted = arguments.value("--trust") else {
      if externalID != nil { throw UsageError.missing("--external-id needs --trust") }
      return
    }
    do {
      _ = try TrustPolicy(trusting: trusted, externalID: externalID, partition: "aws")
    } catch {
      throw refusal(error, trusted, externalID)
    }
  }

  private static func refusal(
    _ problem: TrustPolicy.Problem, _ trusted: String, _ externalID: String?
  ) -> UsageError {
    switch problem {
    case .principal: .badValue("--trust", trusted, problem.text)
    case .externalID: .badValue("--external-id", externalID ?? "", problem.text)
    }
  }

  private static func trust(
    _ trusted: String, _ entry: AccountsAtHand.Entry, _ arguments: Arguments
  ) throws -> PrintedPolicy {
    let externalID = arguments.value("--external-id") ?? entry.account.externalID
    if externalID == nil {
      Printer.error(
        "no --external-id: whoever can act as \(trusted) can be talked into using this role for "
          + "somebody else (the confused deputy); give one where another company is trusted")
    }
    do {
      return try TrustPolicy(
        trusting: trusted, externalID: externalID, partition: entry.inventory.partition
      ).document(account: entry.account.name)
    } catch {
      throw refusal(error, trusted, externalID)
    }
  }

  /// What the documents do not say.
  private static func tell(_ policy: AccessPolicy, isOffline: Bool) {
    let name = policy.inventory.account
    for line in policy.inventory.unseen { Printer.error("\(name): not asked: \(line)") }
    let wide = policy.widened.map(\.rawValue)
    if !wide.isEmpty {
      Printer.error(
        "\(name): nobody named these, so every one is allowed to be read: "
          + wide.joined(separator: ", ")
          + (isOffline ? "; without --offline the account is asked" : ""))
    }
    let isAsked = !isOffline && policy.inventory.unseen.isEmpty
    if !isAsked, policy.inventory.keys.isEmpty, policy.actions.contains("s3:GetObject") {
      Printer.error(
        "\(name): whether the logs are encrypted with a key is not known: reading them then needs "
          + "kms:Decrypt on it besides, with kms:ViaService s3.*")
    }
    if !policy.inventory.queues.isEmpty {
      Printer.error(
        "\(name): a queue that is encrypted with a key of your own needs kms:Decrypt on it besides")
    }
  }
}
