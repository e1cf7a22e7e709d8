/// Every failure that raises an alert, in one place; docs/failure-catalogue.md is printed from it.
public enum FailureCatalogue {
  public static let all: [Failure] = aws + azure + gcp + watch

  public static func failure(_ code: FailureCode) -> Failure? {
    byCode[code]
  }

  private static let byCode: [FailureCode: Failure] = Dictionary(
    all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

  static func entry(
    _ code: FailureCode, _ kind: AlertKind, _ priority: Priority, _ family: Failure.Family,
    probe: String, runbook: String? = nil, _ title: String, _ meaning: String
  ) -> Failure {
    Failure(
      code: code, kind: kind, priority: priority, family: family, title: title, meaning: meaning,
      probe: probe,
      runbook: runbook ?? String(code.text.map { $0 == "." ? "-" : $0 }))
  }
}
