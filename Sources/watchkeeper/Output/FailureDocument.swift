import WatchCore

/// docs/failure-catalogue.md, from the catalogue itself.
enum FailureDocument {
  static var markdown: String {
    var lines = [
      "# The failure catalogue", "",
      "Printed by `watchkeeper docs failures`; do not edit by hand. The answer to NIST SP 800-171A",
      "3.3.4[b]: which audit logging process failures raise an alert. A condition clears by fresh",
      "proof, an event stays until somebody resolves it with a line.", "",
      "| code | title | ends by | priority | family | seen by | runbook | meaning |",
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for failure in FailureCatalogue.all {
      lines.append(
        "| `\(failure.code.text)` | \(failure.title) | "
          + (failure.kind == .condition ? "proof" : "a line")
          + " | \(failure.priority.rawValue) | \(failure.family.rawValue) | \(failure.probe) | "
          + "[\(failure.runbook)](runbooks/\(failure.runbook).md) | \(failure.meaning) |")
    }
    return lines.joined(separator: "\n")
  }
}
