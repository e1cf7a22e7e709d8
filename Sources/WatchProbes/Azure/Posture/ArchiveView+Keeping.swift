import CloudAPI
import WatchCore

/// How long the account keeps what it was given, and who can take it away.
extension ArchiveView {
  func addRecovery(_ sheet: inout PostureSheet) {
    sheet.judge("azure.archive.versioning", "azure.archive.soft-delete", by: service) {
      sheet, service in
      let isLocked = containers.contains { $0.policy.value??.isLocked == true }
      if service.hasVersioning == true {
        sheet.add("azure.archive.versioning", .holds, "on")
      } else {
        sheet.add(
          "azure.archive.versioning", isLocked ? .none : .fails,
          isLocked ? "off; a locked policy keeps the blobs" : "off")
      }
      let days = [service.softDeleteDays, service.containerSoftDeleteDays]
      let words = zip(["blobs", "containers"], days).map { name, days in
        "\(name) \(days.map { "\($0) days" } ?? "not")"
      }.joined(separator: ", ")
      sheet.add(
        "azure.archive.soft-delete", if: !days.contains(nil), words, else: "deleted \(words)")
    }
  }

  func addLifecycle(_ sheet: inout PostureSheet) {
    let names = containers.map { $0.name.lowercased() }
    sheet.judge("azure.archive.lifecycle", by: lifecycle) { sheet, rules in
      let short = rules.filter { rule in
        guard rule.isEnabled, let days = rule.deletesAfterDays else { return false }
        return days < Double(plan.retention.days) && ArchiveView.touches(rule, names)
      }
      let words = short.map { rule in
        "\(rule.name): \(Int(min(rule.deletesAfterDays ?? 0, 1e6))) days"
      }.joined(separator: ", ")
      sheet.add(
        "azure.archive.lifecycle", if: short.isEmpty,
        rules.isEmpty ? "no rules" : "no rule deletes logs so soon",
        else: "deleted after \(words); \(asked)")
    }
  }

  /// Whether a rule is about one of the containers: by no prefix at all, by one inside of it, or by one
  /// that its name begins with.
  private static func touches(_ rule: BlobLifecycleRule, _ names: [String]) -> Bool {
    rule.prefixes.isEmpty
      || rule.prefixes.contains { prefix in
        let prefix = prefix.lowercased()
        return names.contains { prefix.hasPrefix("\($0)/") || "\($0)/".hasPrefix(prefix) }
      }
  }

  /// Each container is a subject of its own.
  func containerChecks(_ container: Container, _ account: StorageAccount) -> [PostureCheck] {
    var sheet = PostureSheet("\(id.lowercased)/containers/\(container.name)")
    let rules = [
      "azure.archive.immutable", "azure.archive.locked", "azure.archive.retention",
      "azure.archive.appends", "azure.archive.public",
    ]
    let settings: BlobContainer
    switch container.settings {
    case .failure(let why):
      sheet.blind(rules, why)
      return sheet.checks
    case .success(nil):
      for rule in rules { sheet.add(rule, .none, "no container \(container.name) yet") }
      return sheet.checks
    case .success(let found?): settings = found
    }
    addPublic(settings, account, &sheet)
    switch container.policy {
    case .failure(let why): sheet.blind(Array(rules.prefix(4)), why)
    case .success(let own):
      addPolicy(own ?? account.accountPolicy, isAccounts: own == nil, settings, &sheet)
    }
    return sheet.checks
  }

  private func addPublic(
    _ settings: BlobContainer, _ account: StorageAccount, _ sheet: inout PostureSheet
  ) {
    let access = settings.publicAccess ?? "None"
    let isPublic = access.lowercased() != "none"
    if account.allowsBlobPublicAccess == false {
      let note = isPublic ? " (the container says \(access))" : ""
      sheet.add("azure.archive.public", .holds, "the account allows none\(note)")
    } else {
      sheet.add(
        "azure.archive.public", if: !isPublic, "the container allows none",
        else: "public access: \(access)")
    }
  }

  private func addPolicy(
    _ policy: ImmutabilityPolicy?, isAccounts: Bool, _ settings: BlobContainer,
    _ sheet: inout PostureSheet
  ) {
    guard let policy, let days = policy.days, days > 0 else {
      let held = settings.hasLegalHold == true
      sheet.add(
        "azure.archive.immutable", if: held, "a legal hold, without days", else: "no policy")
      for rule in ["azure.archive.locked", "azure.archive.retention", "azure.archive.appends"] {
        sheet.add(rule, .none, "no policy")
      }
      return
    }
    let whose = isAccounts ? "the account's policy" : "policy"
    let state = policy.state ?? "state not told"
    sheet.add("azure.archive.immutable", .holds, "\(whose): \(days) days, \(state)")
    sheet.add("azure.archive.locked", if: policy.isLocked, state, else: state)
    sheet.add(
      "azure.archive.retention", if: days >= plan.retention.days, "\(days) days",
      else: "\(days) days; \(asked)")
    let appends = policy.allowsAppends == true || policy.allowsAllAppends == true
    sheet.add(
      "azure.archive.appends", if: appends || isAccounts,
      isAccounts ? "not asked of versions" : "protected append writes are allowed",
      else: "protected append writes are not allowed")
  }
}

extension StorageAccount {
  /// The policy that the account gives to what has none of its own, where it is on.
  fileprivate var accountPolicy: ImmutabilityPolicy? {
    guard hasVersionImmutability == true, let immutability,
      immutability.state?.lowercased() != "disabled"
    else { return nil }
    return immutability
  }
}
