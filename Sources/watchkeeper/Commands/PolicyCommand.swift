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
    let entries = try AccountsAtHand(arguments).entries
    if arguments.value("--external-id") != nil, arguments.value("--trust") == nil {
      throw UsageError.missing("--external-id needs --trust")
    }
    for entry in entries {
      let policy = AccessPolicy(
        inventory: entry.inventory, probes: entry.probes, readers: entry.readers, gap: entry.gap)
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
      throw UsageError.badValue("--trust", trusted, error.text)
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
    if !policy.inventory.queues.isEmpty {
      Printer.error(
        "\(name): a queue that is encrypted with a key of your own needs kms:Decrypt on it besides")
    }
  }
}
