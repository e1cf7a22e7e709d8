import WatchCore

/// What a row says of the settings by which records leave: who, then what is lost or where it goes
/// now, and ids last of all, since a row is short.
extension Engine {
  /// `NARROWED by dev: to-siem, categories: Security gone`
  static func exportWhat(
    _ code: FailureCode, _ cause: Cause?, _ name: String, _ rest: String
  ) -> String {
    "\(word(code))\(cause.map { " by \($0.actor)" } ?? ""): \(said(code, name, rest))"
  }

  private static func said(_ code: FailureCode, _ name: String, _ rest: String) -> String {
    let lines = rest.split(separator: "; ").map(String.init)
    switch code {
    case "azure.setting.remapped":
      let places = lines.compactMap { moved($0) }
      return places.isEmpty
        ? "\(name), \(rest)" : "\(places.joined(separator: "; ")): \(name)"
    case "gcp.exclusion.added":
      let added = lines.compactMap { excluded($0) }
      return added.isEmpty ? "\(name), \(rest)" : added.joined(separator: "; ")
    default: return rest.isEmpty ? name : "\(name), \(rest)"
    }
  }

  /// `workspace …/central -> …/other` as `to other instead of central, workspace`: the new place is
  /// what one wants to know, and must not be cut.
  private static func moved(_ line: String) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard let arrow = words.firstIndex(of: "->"), arrow >= 2, arrow + 1 < words.count else {
      return nil
    }
    let (old, new) = (words[arrow - 1], words[arrow + 1])
    var names = [old, new].map(shortName)
    if names[0] == names[1] { names = [old, new].map { "\(shortName($0))\(whose($0))" } }
    let what = words[..<(arrow - 1)].joined(separator: " ")
    return "to \(names[1]) instead of \(names[0]), \(what)"
  }

  /// ` in rg of 0f0f0f0f-…`
  private static func whose(_ id: String) -> String {
    let words = id.split(separator: "/").map(String.init)
    func after(_ word: String) -> String? {
      words.firstIndex { $0.lowercased() == word }.flatMap {
        $0 + 1 < words.count ? words[$0 + 1] : nil
      }
    }
    let parts = [
      after("resourcegroups").map { " in \($0)" }, after("subscriptions").map { " of \($0)" },
    ]
    return parts.compactMap(\.self).joined()
  }

  /// `exclusions: too-noisy: data_access new` as `too-noisy leaves out data_access`.
  private static func excluded(_ line: String) -> String? {
    newExclusion(line).map { name, logs in
      logs.map { "\(name) leaves out \($0)" } ?? "\(name) new"
    }
  }

  private static func newExclusion(_ line: String) -> (name: String, logs: String?)? {
    guard line.hasPrefix("exclusions: "), line.hasSuffix(" new") else { return nil }
    let text = line.dropFirst("exclusions: ".count).dropLast(" new".count)
    guard let colon = text.firstRange(of: ": ") else { return (String(text), nil) }
    return (String(text[..<colon.lowerBound]), String(text[colon.upperBound...]))
  }

  /// The name of the first one, for the command that takes it away.
  static func addedExclusion(_ code: FailureCode, _ lines: [String]) -> String? {
    guard code == "gcp.exclusion.added" else { return nil }
    return lines.lazy.compactMap { newExclusion($0)?.name }.first
  }

  /// `SETTING DELETED by sam: to-siem, Microsoft.Insights/diagnosticSettings/delete`
  static func actWhat(_ code: FailureCode, _ change: PipelineChange) -> String {
    let cause = change.cause
    guard let part = change.part?.name ?? cause.subject else {
      return "\(word(code)) by \(cause.actor): \(cause.action) (perhaps ours)"
    }
    let told = change.difference.joined(separator: "; ")
    return exportWhat(code, cause, shortName(part), told.isEmpty ? cause.action : told)
  }
}
