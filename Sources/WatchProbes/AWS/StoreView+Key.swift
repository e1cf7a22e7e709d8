import CloudAPI
import WatchCore

extension StoreView {
  func keyChecks(_ key: KeyReading) -> [PostureCheck] {
    var sheet = PostureSheet(key.arn, elsewhere: elsewhere)
    if key.isMissing, elsewhere == nil {
      sheet.add("key.enabled", .fails, "there is no such key")
      return sheet.checks
    }
    addState(key, &sheet)
    addPolicy(key, &sheet)
    addRotation(key, &sheet)
    return sheet.checks
  }

  private func addState(_ key: KeyReading, _ sheet: inout PostureSheet) {
    sheet.judge("key.enabled", "key.kept", by: key.facts) { sheet, facts in
      let works = facts.state == "Enabled" || facts.state == "Updating"
      sheet.add("key.enabled", if: works, facts.state, else: facts.state)
      let isEnding = facts.state.hasPrefix("Pending") && facts.state.hasSuffix("Deletion")
      let date = facts.deletion.flatMap { Timestamp($0) }.map { " on \($0.date)" } ?? ""
      sheet.add("key.kept", if: !isEnding, "no deletion is scheduled", else: "deleted\(date)")
    }
  }

  private func addPolicy(_ key: KeyReading, _ sheet: inout PostureSheet) {
    let rules = ["key.policy", "key.describe", "key.guarded"]
    switch key.policy {
    case .failure(let why): sheet.blind(rules, why)
    case .success(let text):
      guard let policy = PolicyDocument(.string(text)) else {
        return sheet.blind(
          rules, Blindness(kind: .unreadable, detail: "GetKeyPolicy: not a policy"))
      }
      sheet.add(
        "key.policy", if: policy.allowsDataKey(arn, key: key.arn, keyUse),
        "CloudTrail may make data keys", else: "CloudTrail's GenerateDataKey is refused", raw: text)
      sheet.add(
        "key.describe", if: policy.allowsDescribe(arn, key: key.arn), "allowed",
        else: "CloudTrail's DescribeKey is refused", raw: text)
      addGuard(policy, key, text, &sheet)
    }
  }

  /// Who may disable the key, schedule its end, or rewrite its policy.
  private func addGuard(
    _ policy: PolicyDocument, _ key: KeyReading, _ text: String, _ sheet: inout PostureSheet
  ) {
    let owner = AccountName.of(key.arn) ?? arn.account
    let named = Set(
      policy.grants(PolicyDocument.keyEnders, on: [key.arn]).flatMap(\.principals)
    ).sorted()
    let others = named.filter { name in AccountName.of(name).map { $0 != owner } ?? false }
    let open = policy.strangersEnd(key: key.arn)
    if open == .no, others.isEmpty {
      let words = named.map {
        AccountName.isWhole($0, of: owner) ? "whom IAM of account \(owner) allows" : $0
      }
      return sheet.add(
        "key.guarded", .holds, words.isEmpty ? "nobody" : words.joined(separator: ", "), raw: text)
    }
    sheet.add(
      "key.guarded", if: others.isEmpty ? !open : .no, "",
      else: others.isEmpty ? "anybody" : others.joined(separator: ", "), raw: text)
  }

  private func addRotation(_ key: KeyReading, _ sheet: inout PostureSheet) {
    if let facts = key.facts.value, facts.manager == "AWS" || facts.isForeign {
      let why = facts.manager == "AWS" ? "AWS rotates its own keys" : "imported, or kept outside"
      return sheet.add("key.rotation", .none, why)
    }
    sheet.judge("key.rotation", by: key.isRotated) { sheet, isRotated in
      sheet.add("key.rotation", if: isRotated, "on", else: "off")
    }
  }
}

extension KeyFacts {
  /// Its material is not KMS's own: KMS cannot rotate it.
  fileprivate var isForeign: Bool { origin.map { $0 != "AWS_KMS" } ?? false }
}
