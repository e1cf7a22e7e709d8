import CloudAPI
import WatchCore

/// A configuration for what was found in Google Cloud: JSON5 with a comment on each value that tells
/// where it came from. What answers hold is quoted or made plain first: it may be hostile.
public struct GCPDraft: Sendable {
  public var findings: GCPFindings
  /// How the cloud was reached: what of it the configuration must say too.
  public var asked: CloudAccount
  public var me: String
  public var at: Timestamp

  public init(
    findings: GCPFindings, asked: CloudAccount, me: String, at: Timestamp
  ) {
    self.findings = findings
    self.asked = asked
    self.me = me
    self.at = at
  }

  /// What the set of projects is called: its one project's id, or `projects`.
  public var accountName: String {
    let only = findings.projects.count == 1 ? findings.projects.first?.id : nil
    return only.flatMap { DraftPieces.word($0) } ?? "projects"
  }

  /// - Parameter cost: what watching takes, one line each.
  public func text(cost: [String] = []) -> String {
    (DraftPieces.head(findings.who, at) + DraftPieces.duty(me) + clouds + sources
      + DraftPieces.retention + DraftPieces.unseen(findings.unseen)
      + cost.map(ConfigurationDraft.comment) + [""]).joined(separator: "\n")
  }

  private var clouds: [String] {
    var lines = ["  clouds: {", "    gcp: [", "      {"]
    lines.append("        name: \(quoted(accountName)), // any other word does too")
    lines += DraftPieces.access(
      [
        ("credential", asked.gcp?.credential), ("impersonate", asked.gcp?.impersonate),
        ("quota_project", asked.gcp?.quotaProject),
      ], asked.gcp?.endpoints ?? [:])
    lines.append("        projects: [ // projects.search: those that these credentials may see")
    lines += findings.projects.map { project in
      let name = project.name.isEmpty || project.name == project.id ? "" : project.name
      let comment = name.isEmpty ? "" : " \(ConfigurationDraft.comment(name))"
      return "          \(quoted(project.id)),\(comment)"
    }
    return lines + [
      "        ],",
      "        // A folder's or organization's own entries are not its projects': name it too.",
      "        // organizations: [\"NUMBER\"],",
      "        // The fast witness: a pull subscription of the watch's own on a sink's topic.",
      "        // queue: \"projects/PROJECT/subscriptions/NAME\",", "      },", "    ],", "  },",
    ]
  }

  var sources: [String] {
    guard !findings.projects.isEmpty else {
      return [
        "  // NO PROJECT WAS FOUND: these credentials may see none.", "  sources: [],",
      ]
    }
    var taken: Set<String> = []
    var lines = ["  sources: ["]
    for group in groups {
      let name = DraftPieces.distinct("admin-activity", taken)
      taken.insert(name)
      lines += source(group, name)
    }
    return lines + ["  ],"]
  }

  /// Projects of which the same may be expected.
  struct Group: Equatable {
    /// Nil: the standard one.
    var expectation: Expectation?
    var projects: [GCPFindings.Project]
  }

  var groups: [Group] {
    let standard = Expectation.standard(.entries) ?? .minutes(15, 15)
    var groups: [Group] = []
    for project in findings.projects {
      let expectation = project.pause?.expectation(beside: standard)
      if let at = groups.firstIndex(where: { $0.expectation == expectation }) {
        groups[at].projects.append(project)
      } else {
        groups.append(Group(expectation: expectation, projects: [project]))
      }
    }
    return groups
  }

  private func source(_ group: Group, _ name: String) -> [String] {
    var lines = ["    {"]
    lines += group.projects.flatMap(facts).map { ConfigurationDraft.comment($0).indented(6) }
    lines.append("      id: \(quoted("gcp/\(accountName)/\(name)")),")
    if groups.count > 1 {
      lines.append("      units: [\(list(group.projects.map(\.id)))],")
    }
    let sinks = sinks(group)
    if !sinks.isEmpty { lines.append("      sinks: [\(list(sinks))],") }
    if let expectation = group.expectation {
      lines.append(
        "      expect: { entries: \(quoted(expectation.text)) }, // by the pauses above")
    }
    if group.projects.contains(where: { $0.audited?.isEmpty == false }) {
      lines.append(
        "      // logs: [\"activity\", \"data_access\"], // it needs a permission of its own")
    }
    let first = group.projects.first?.id ?? ""
    return lines + [
      "      // Proves an idle project alive by a write: the description of a log-based metric of the",
      "      // watch's own. It needs a permission of its own (watchkeeper policy gcp prints it).",
      "      // echo: { metric: \(quoted("\(first)/watchkeeper-echo")) },", "    },",
    ]
  }

  /// By its bare name where every project of the group has it.
  private func sinks(_ group: Group) -> [String] {
    var found: [String] = []
    for project in group.projects {
      for sink in project.ownSinks {
        let isEverywhere = group.projects.allSatisfy { other in
          other.ownSinks.contains { $0.name == sink.name }
        }
        let name = isEverywhere ? sink.name : "\(project.id)/\(sink.name)"
        if !found.contains(name) { found.append(name) }
      }
    }
    return found
  }

  private func facts(_ project: GCPFindings.Project) -> [String] {
    let pause =
      project.pause.map { $0.text(at: at) }
      ?? "no Admin Activity entry in the last 7d: it will say NEVER"
    var facts = ["\(project.id): \(pause)"]
    if let sinks = project.sinks {
      let above = sinks.filter {
        !$0.resourceName.isEmpty && !$0.resourceName.hasPrefix("projects/")
      }
      facts += project.ownSinks.map {
        "\(project.id): sink \($0.name) to \($0.destination)\($0.isDisabled ? ", DISABLED" : "")"
      }
      facts += above.map { "\(project.id): sink \($0.resourceName) from above" }
      if project.ownSinks.isEmpty, above.isEmpty {
        facts.append("\(project.id): NO SINK takes its entries out of the project")
      }
    } else {
      facts.append("\(project.id): its sinks could not be read")
    }
    facts += project.exclusions.filter { !$0.isDisabled }.map {
      "\(project.id): exclusion \($0.name) leaves entries out of _Default"
    }
    if let audited = project.audited {
      facts.append(
        "\(project.id): Data Access is logged of "
          + (audited.isEmpty ? "nothing by its own policy" : audited.joined(separator: ", ")))
    }
    facts += project.metrics.map { "\(project.id): metric \($0) counts audit entries" }
    return facts
  }

  private func list(_ texts: [String]) -> String {
    texts.map(quoted).joined(separator: ", ")
  }

  private func quoted(_ text: String) -> String { ConfigurationDraft.quoted(text) }
}
