import WatchCore
import WatchProbes
import WatchSetup

/// `watchkeeper policy azure` and `policy gcp`: the least that the watch must be allowed, as custom
/// roles. They come from what the probes declare; no cloud is asked.
enum RolesCommand {
  static func run(_ arguments: Arguments, _ cloud: Cloud) throws -> Int32 {
    let output = try PolicyOutput(arguments)
    for option in ["--trust", "--external-id"] where arguments.value(option) != nil {
      throw UsageError.badValue(
        option, arguments.value(option) ?? "", "it is for policy aws alone")
    }
    let surroundings = Surroundings()
    let plan = try LiveSession.plan(try Places(arguments, surroundings))
    let clients = CloudClients.live(http: try LiveSession.http(surroundings), surroundings)
    for account in try AccountsAtHand.chosen(arguments, plan, cloud) {
      let used = AccountInUse(account, plan.sources, clients)
      let documents =
        cloud == .azure
        ? azure(used, plan.sources) : google(used, plan.sources)
      try output.write(roles: documents)
      guard output.form == .json, !documents.isEmpty else { continue }
      Printer.error(
        cloud == .azure
          ? "OBJECT-ID is the object id of the watch's service principal or managed identity: "
            + "az ad sp show --id APP-ID --query id"
          : "MEMBER is the watch's own identity, as serviceAccount:NAME@PROJECT.iam.gserviceaccount.com"
      )
    }
    return 0
  }

  private static func azure(_ used: AccountInUse, _ sources: [SourcePlan]) -> [RoleDocument] {
    let policy = AzureAccessPolicy(
      account: used.account, sources: sources, probes: used.probes, readers: used.readers,
      gap: used.gap)
    tell(used.account.name, policy.strangers)
    for part in policy.widened {
      Printer.error(
        part == .queue
          ? "\(used.account.name): the queue's resource group is not known: fill it in below"
          : "\(used.account.name): nobody named the place of \(part.rawValue), so it is for all "
            + "watched subscriptions; name it in the configuration to narrow the role")
    }
    return policy.roles.map { role in
      RoleDocument(
        name: role.name, use: role.use, json: role.json, terraform: role.terraform,
        steps: ["az role definition create --role-definition @\(role.name).json"] + role.steps)
    }
  }

  private static func google(_ used: AccountInUse, _ sources: [SourcePlan]) -> [RoleDocument] {
    let policy = GCPAccessRoles(
      account: used.account, sources: sources, probes: used.probes, readers: used.readers,
      gap: used.gap)
    tell(used.account.name, policy.strangers)
    return policy.roles.map { role in
      RoleDocument(
        name: role.id, use: role.use, json: role.json, terraform: role.terraform,
        steps: role.steps)
    }
  }

  private static func tell(_ name: String, _ strangers: [String]) {
    guard !strangers.isEmpty else { return }
    Printer.error("\(name): not known and left out: \(strangers.joined(separator: ", "))")
  }
}
