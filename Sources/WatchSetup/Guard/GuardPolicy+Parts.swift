extension GuardPolicy {
  /// A kind of part, what is done to it, and those that are known.
  struct Part {
    var name: String
    var actions: [String]
    var resources: [String]
  }

  var parts: [Part] {
    let arn = "arn:\(inventory.partition)"
    let stores = inventory.stores
    let all = [
      Part(name: "Trail", actions: GuardedActions.trail, resources: inventory.trails.sorted()),
      Part(
        name: "Bucket", actions: GuardedActions.bucket,
        resources: Set(stores.map { "\(arn):s3:::\($0.bucket)" }).sorted()),
      Part(
        name: "Logs", actions: GuardedActions.object,
        resources: Set(stores.map { "\(arn):s3:::\($0.bucket)/\($0.folder)AWSLogs/*" }).sorted()),
      Part(name: "Key", actions: GuardedActions.key, resources: inventory.keys.sorted()),
      Part(name: "Role", actions: GuardedActions.role, resources: inventory.roles.sorted()),
      Part(
        name: "LogGroup", actions: GuardedActions.group,
        resources: inventory.groups.flatMap { [$0, "\($0):*"] }.sorted()),
      Part(name: "Alarms", actions: GuardedActions.alarm, resources: inventory.alarms.sorted()),
      Part(name: "Rules", actions: GuardedActions.rule, resources: inventory.rules.sorted()),
      Part(name: "Topics", actions: GuardedActions.topic, resources: inventory.topics.sorted()),
      Part(name: "Queue", actions: GuardedActions.queue, resources: inventory.queues.sorted()),
    ]
    return all.filter { !$0.resources.isEmpty }
  }

  /// What a reader must know before he attaches any of it, a line each.
  public var notes: [String] {
    var notes = [
      "refused in account \(inventory.account), on its own parts alone: "
        + parts.map { "\($0.name) \($0.resources.count)" }.joined(separator: ", ")
    ]
    if allowed.isEmpty {
      notes.append(
        "no --allow-role: NOBODY may change these parts while it is attached, you included")
    } else if asksForMFA {
      notes.append(
        "the named roles need a second factor, given when the role is assumed (--serial-number, "
          + "--token-code). Sessions of IAM Identity Center, SAML and instances carry none and are "
          + "refused: --no-mfa is for them")
    }
    notes.append(
      "service-linked roles and AWS services (CloudTrail writing its files) are held back by neither "
        + "kind; an SCP does not bind the organization's management account")
    notes.append(
      "cannot be narrowed to these parts, so watched and not guarded: "
        + GuardedActions.unnamed.joined(separator: ", "))
    return notes
  }
}
