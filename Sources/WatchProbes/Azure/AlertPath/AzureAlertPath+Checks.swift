import CloudAPI
import WatchCore

extension AzureAlertPath {
  var checks: [PostureCheck] {
    missingChecks + fittingAlerts.flatMap(alertChecks) + fittingQueries.flatMap(queryChecks)
      + groupChecks + processingChecks + reachChecks
  }

  private var missingChecks: [PostureCheck] {
    missingRules.map { id in
      var sheet = PostureSheet(id.lowercased)
      sheet.add("azure.alert.exists", .fails, "no alert rule \(id.name)")
      return sheet.checks[0]
    }
  }

  private func alertChecks(_ alert: ActivityLogAlert) -> [PostureCheck] {
    var sheet = PostureSheet(alert.id.lowercased)
    sheet.add("azure.alert.enabled", if: alert.isEnabled, "on", else: "\(alert.name) is off")
    let scopes = alert.scopes.map(\.name).joined(separator: ", ")
    sheet.add(
      "azure.alert.scope", if: alert.scopes.contains { $0.covers(scope) }, scopes,
      else: "\(alert.name) is about \(scopes.isEmpty ? "nothing" : scopes) alone")
    addActions(alert.name, alert.actionGroups, &sheet)
    return sheet.checks
  }

  private func queryChecks(_ rule: QueryRule) -> [PostureCheck] {
    var sheet = PostureSheet(rule.id.lowercased)
    sheet.add("azure.alert.enabled", if: rule.isEnabled, "on", else: "\(rule.name) is off")
    addActions(rule.name, rule.actionGroups, &sheet)
    return sheet.checks
  }

  private func addActions(_ name: String, _ actions: [AzureID], _ sheet: inout PostureSheet) {
    guard !actions.isEmpty else {
      return sheet.add("azure.alert.actions", .fails, "\(name) names no action group")
    }
    let there = actions.map { id in groups[id]?.holds { $0 != nil } ?? .unknown }
    let gone = zip(actions, there).filter { $0.1 == .no }.map(\.0.name)
    if Holds.any(there) == .unknown, let why = actions.compactMap({ groups[$0]?.blindness }).first {
      return sheet.blind(["azure.alert.actions"], why)
    }
    sheet.add(
      "azure.alert.actions", if: Holds.any(there),
      actions.map(\.name).joined(separator: ", ")
        + (gone.isEmpty ? "" : "; \(gone.joined(separator: ", ")) gone"),
      else: "\(name) names \(gone.joined(separator: ", ")), which is gone")
  }

  private var groupChecks: [PostureCheck] {
    groups.sorted { $0.key.lowercased < $1.key.lowercased }.flatMap { id, reading in
      var sheet = PostureSheet(id.lowercased)
      sheet.judge("azure.actions.enabled", "azure.actions.receiver", by: reading) { sheet, group in
        // That it is gone is told of the rules that name it.
        guard let group else { return }
        sheet.add("azure.actions.enabled", if: group.isEnabled, "on", else: "\(group.name) is off")
        let on = group.receivers.filter { !$0.isOff }
        let off = group.receivers.count - on.count
        let names = on.map { AzureReceiver($0).label }.joined(separator: ", ")
        sheet.add(
          "azure.actions.receiver", if: !on.isEmpty,
          off == 0 ? names : "\(names); \(off) unsubscribed",
          else: off == 0 ? "no receiver" : "all \(off) receivers have unsubscribed")
      }
      return sheet.checks
    }
  }

  /// Rules that silence alerts on the subscription or its workspace, each by itself.
  private var processingChecks: [PostureCheck] {
    let rule = "azure.processing.suppresses"
    guard let rules = processing.value else {
      var sheet = PostureSheet(scope.lowercased)
      if let why = processing.blindness { sheet.blind([rule], why) }
      return sheet.checks
    }
    let targets = [scope] + [workspace].compactMap { $0 }
    let near = rules.filter { rule in rule.suppresses && targets.contains { rule.covers($0) } }
    guard !near.isEmpty else {
      var sheet = PostureSheet(scope.lowercased)
      sheet.add(rule, .holds, "no rule silences alerts here")
      return sheet.checks
    }
    return near.map { one in
      var sheet = PostureSheet(one.id.lowercased)
      let verdict = Holds.any(
        fittingAlerts.map { one.silences($0.id, $0.name, about: scope, at: now) }
          + fittingQueries.map { one.silences($0.id, $0.name, about: workspace ?? scope, at: now) })
      let until = one.schedule?.until.map { ", until \($0)" } ?? ""
      switch verdict {
      case .yes: sheet.add(rule, .fails, "\(one.name) takes the action groups off\(until)")
      case .no: sheet.add(rule, .holds, "\(one.name) is not in force for these alerts")
      case .unknown:
        let why = Blindness(
          kind: .undecided, detail: "\(one.name): its filter or schedule cannot be judged")
        sheet.add(rule, .unknown(why), why.detail)
      }
      return sheet.checks[0]
    }
  }

  private var reachChecks: [PostureCheck] {
    var sheet = PostureSheet(scope.lowercased)
    func add(_ rule: String, _ told: Holds, _ yes: String, _ no: String) {
      if told == .unknown, let why = blindness.first {
        sheet.blind([rule], why)
      } else {
        sheet.add(rule, if: told, yes, else: no)
      }
    }
    add(
      "azure.reach.setting-delete", isTold(of: Self.deletion), "an alert reaches somebody",
      "nobody is told when a diagnostic setting is deleted")
    add(
      "azure.reach.setting-write", isTold(of: Self.writing), "an alert reaches somebody",
      "nobody is told when a diagnostic setting is written")
    if workspace != nil {
      add(
        "azure.reach.silence", isToldOfSilence, "an alert reaches somebody",
        "nobody is told when rows stop")
    }
    addQueue(&sheet)
    return sheet.checks
  }

  private func addQueue(_ sheet: inout PostureSheet) {
    guard let queue, let feeds else { return }
    sheet.judge("azure.queue.fed", by: feeds) { sheet, feeds in
      let ours = feeds.filter { $0.isFor(queue) }
      let verdict = Holds.any(ours.map { $0.feeds(queue, about: scope, at: now) })
      let words = ours.map { "\($0.name): \($0.why(about: scope, at: now) ?? "filtered further")" }
      sheet.add(
        "azure.queue.fed", if: verdict, ours.map(\.name).joined(separator: ", "),
        else: ours.isEmpty ? "no event subscription" : words.joined(separator: "; "))
    }
  }
}

extension EventSubscription {
  func isFor(_ queue: QueuePlace) -> Bool {
    queueName?.lowercased() == queue.queue.lowercased()
      && queueAccountID?.name.lowercased() == queue.account.lowercased()
  }
}

/// Who is behind a receiver, named so that no address leaks.
struct AzureReceiver: Sendable {
  var receiver: ActionGroup.Receiver

  init(_ receiver: ActionGroup.Receiver) {
    self.receiver = receiver
  }

  /// A human reads it, as far as the kind tells; others are programs that may tell somebody.
  var isHuman: Bool {
    ["email", "sms", "voice", "azureapppush", "armrole", "webhook", "itsm"]
      .contains(receiver.kind.lowercased())
  }

  /// `email m***@example.com`, `sms ***42`, `webhook hooks.example.com`.
  var label: String {
    let address = receiver.address ?? ""
    let text: String
    switch receiver.kind.lowercased() {
    case "email", "azureapppush":
      let parts = address.split(separator: "@", maxSplits: 1)
      text = parts.count == 2 ? "\(receiver.kind) \(parts[0].prefix(1))***@\(parts[1])" : named
    case "sms", "voice":
      text = address.isEmpty ? named : "\(receiver.kind) ***\(address.suffix(2))"
    case "webhook": text = address.isEmpty ? named : "\(receiver.kind) \(address)"
    default: text = named
    }
    return PlainLine.make(text, limit: 120)
  }

  private var named: String { "\(receiver.kind) \(receiver.name ?? "")" }
}
