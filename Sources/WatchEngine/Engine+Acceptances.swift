import WatchCore

extension Engine {
  /// Posture checks are told apart one by one; of the other failures only those that an estate may
  /// have on purpose can be accepted.
  func isAccepted(_ finding: Finding) -> Bool {
    acceptance(finding.code, finding.subject ?? finding.source.text) != nil
  }

  /// The words that an alert clears by when its failure was accepted.
  func acceptedText(_ alert: Alert) -> String? {
    acceptance(alert.code, alert.subject ?? alert.source.text).map { acceptance in
      "accepted by \(acceptance.by?.name ?? "-") until \(acceptance.until.date): "
        + acceptance.reason
    }
  }

  private func acceptance(_ code: FailureCode, _ subject: String) -> Acceptance? {
    guard AcceptanceRules.conditions.contains(code) || Engine.postureCodes.contains(code) else {
      return nil
    }
    return picture.accepted(code.text, subject, at: wall)
  }
}
