import WatchCore

/// docs/posture-checks.md, from the catalogue itself.
enum PostureDocument {
  /// By the first word of the rules' ids; what is none of these stands under the last.
  private static let parts: [(title: String, kinds: Set<String>)] = [
    ("The trail", ["trail"]), ("The bucket", ["bucket", "account"]), ("The key", ["key"]),
    ("The log group and its role", ["group", "role"]), ("Azure", ["azure"]),
    ("Google Cloud", ["gcp"]), ("The alert path", []),
  ]

  private static func rules(_ kinds: Set<String>) -> [PostureRule] {
    let named = Set(parts.flatMap(\.kinds))
    return PostureCatalogue.all.filter { rule in
      let kind = rule.id.split(separator: ".").first.map(String.init) ?? ""
      return kinds.isEmpty ? !named.contains(kind) : kinds.contains(kind)
    }
  }

  static var markdown: String {
    var lines = [
      "# Posture checks", "",
      "Printed by `watchkeeper docs posture`; do not edit by hand. What is asked of the settings of",
      "each audit pipeline, every ten minutes. A check holds, fails, or is unknown: what could not be",
      "looked at is never a pass. The first look at a source raises one summary; later weaknesses,",
      "and those that *break* the pipeline now, are alerts of their own.",
    ]
    for part in parts {
      let rules = rules(part.kinds)
      if rules.isEmpty { continue }
      lines += [
        "", "## \(part.title)", "",
        "| check | it is | raised as | priority | why | how to mend it |",
        "| --- | --- | --- | --- | --- | --- |",
      ]
      lines += rules.map(row)
    }
    return lines.joined(separator: "\n")
  }

  private static func row(_ rule: PostureRule) -> String {
    let breaks = rule.breaksNow ? ", *breaks*" : ""
    return
      "| [`\(rule.id)`](\(rule.reference)) | \(cell(rule.title)) | `\(rule.code.text)`\(breaks) "
      + "| \(rule.priority.rawValue) | \(cell(rule.why)) | \(cell(rule.mend)) |"
  }

  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|")
  }
}
