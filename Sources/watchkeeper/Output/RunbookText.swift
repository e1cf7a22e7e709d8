import WatchCore

/// A runbook outside of an alert: `watchkeeper docs runbooks aws-cost-high region=us-east-1`.
enum RunbookText {
  /// A line for each; those that answer a question, and no failure, stand last.
  static func list(_ runbooks: [Runbook]) -> [String] {
    let sorted = runbooks.sorted {
      ($0.codes.isEmpty ? 1 : 0, $0.name) < ($1.codes.isEmpty ? 1 : 0, $1.name)
    }
    let width = sorted.map(\.name.count).max() ?? 0
    return sorted.map { runbook in
      runbook.name + String(repeating: " ", count: width + 2 - runbook.name.count) + runbook.title
    }
  }

  /// Reads `region=us-east-1`; the names are those of docs/runbook-format.md.
  static func values(_ words: [String]) throws(UsageError) -> RunbookValues {
    var values = RunbookValues()
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = RunbookValues.Name(rawValue: String(parts[0])) else {
        throw .missing("\(word.plainLine): a value is NAME=TEXT, as region=us-east-1")
      }
      values[name] = String(parts[1])
    }
    return values
  }

  static func page(_ runbook: Runbook, _ values: RunbookValues) -> String {
    var lines = [runbook.title, "kept by \(runbook.owner), for \(runbook.role)", ""]
    lines += runbook.meaning.map { $0.text(with: values) }
    for step in runbook.steps {
      lines += ["", "\(step.number) \(step.title.text(with: values))"]
      for template in step.commands {
        let command = template.command(with: values)
        lines += command.lines(within: 96).map { "    " + $0 }
        lines += command.troubles.map { "    # " + $0.sentence }
      }
      lines += step.prose.map { "  " + $0.text(with: values) }
      lines += step.outcomes.map { outcome in
        "  \(outcome.isGood ? "good" : "bad"): \(outcome.text.text(with: values))"
          + (outcome.goTo.map { ": go to step \($0)" } ?? "")
      }
    }
    return lines.joined(separator: "\n")
  }
}
