import CloudAPI
import EventRules
import WatchCore

/// The EventBridge rules for changes of trails: on, catching by their meaning, with targets that
/// exist. They hear of calls only while a trail logs (D05): they are no witness of their own.
extension AlertPath {
  var ruleChecks: [PostureCheck] {
    switch rules {
    case .failure(let why):
      var sheet = sheet(arn.text)
      sheet.blind(["rule.enabled", "rule.pattern", "rule.targets"], why)
      return sheet.checks
    case .success(let rules): return rules.flatMap { checks(of: $0) }
    }
  }

  private func checks(of rule: RuleReading) -> [PostureCheck] {
    var sheet = sheet(rule.rule.arn)
    sheet.add(
      "rule.enabled", if: rule.rule.isEnabled, rule.rule.state,
      else: "\(rule.rule.state): it catches nothing")
    judgePattern(rule, &sheet)
    sheet.judge("rule.targets", by: rule.targets) { sheet, targets in
      judgeTargets(targets, &sheet)
    }
    return sheet.checks
  }

  private func judgePattern(_ rule: RuleReading, _ sheet: inout PostureSheet) {
    let raw = rule.rule.pattern
    guard let pattern = rule.pattern else {
      let why = Blindness(kind: .unreadable, detail: rule.problem ?? "no pattern")
      sheet.add("rule.pattern", .unknown(why), "could not judge: \(why.detail)", raw: raw)
      return
    }
    let answers = watchedCalls.map { ($0.name, pattern.matches($0.envelope)) }
    let caught = answers.filter { $0.1 == .yes }.map(\.0).joined(separator: ", ")
    let missed = answers.filter { $0.1 == .no }.map(\.0).joined(separator: ", ")
    if answers.allSatisfy({ $0.1 == .no }) {
      let field = watchedCalls.first.flatMap { pattern.obstacle(to: $0.envelope) } ?? "the pattern"
      sheet.add(
        "rule.pattern", .fails, "catches none of \(missed): \(field) shuts them out", raw: raw)
    } else if caught.isEmpty {
      let field = watchedCalls.first.flatMap { pattern.obstacle(to: $0.envelope) } ?? "the pattern"
      sheet.add("rule.pattern", .info, "catches only some calls: \(field) narrows it", raw: raw)
    } else {
      let rest = missed.isEmpty ? "" : "; not \(missed)"
      sheet.add("rule.pattern", .holds, "catches \(caught)\(rest)", raw: raw)
    }
  }

  private func judgeTargets(_ targets: [RuleTarget], _ sheet: inout PostureSheet) {
    guard !targets.isEmpty else {
      sheet.add("rule.targets", .fails, "it has no target: what it catches goes nowhere")
      return
    }
    let gone = targets.filter { isGone($0.arn) }.map { AlertARN.label($0.arn) }
    let names = targets.map { AlertARN.label($0.arn) }.joined(separator: ", ")
    sheet.add(
      "rule.targets", if: gone.isEmpty, "sends to \(names)",
      else: "\(gone.joined(separator: ", ")): there is no such target")
  }

  private func isGone(_ target: String) -> Bool {
    topics[target]?.isGone == true || queues[target]?.isGone == true
  }
}
