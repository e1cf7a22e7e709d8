import WatchCore

/// Turns the file's values into a plan, and collects what is wrong on the way.
struct PlanReader {
  var problems: [SetupProblem] = []
  var plan = WatchPlan()
  /// Names of accounts of all clouds: `azure/dev`.
  var accounts: [String: TextPlace] = [:]
  var channels: [String: TextPlace] = [:]
  /// Where the channels of `plan.channels` stand that publish as an AWS account.
  var topics: [Int: TextPlace] = [:]
  /// Roles that sources and accounts name.
  var rolesAsked: [(name: String, place: TextPlace)] = []
  /// The bar of sources that name none of their own.
  var retention = RetentionBar.standard

  mutating func read(_ file: JSON5Value) {
    refuseSecrets(file)
    let known = [
      "duty", "clouds", "sources", "channels", "retention", "dead_man", "alerts", "remedies", "why",
      "metrics",
    ]
    guard let fields = fields(file, "the file", known) else { return }
    // Channels, clouds and the plan's own bar first: the others name them.
    retention = retention(fields) ?? retention
    plan.reason = text(fields, "why")
    if let member = fields["channels"] { readChannels(member.value) }
    if let member = fields["clouds"] { readClouds(member.value) }
    nameTopicAccounts()
    if let member = fields["sources"] { readSources(member.value) }
    if let member = fields["duty"] { readDuty(member.value) }
    refuseUnknownRoles()
    if let member = fields["channels"], !plan.channels.isEmpty, plan.roles.isEmpty {
      warning(
        member.place, "no role is told by these channels: a watch without a screen tells nobody",
        "name who is alerted in duty.roles, see docs/configuration.md")
    }
    if let member = fields["alerts"] { readAlerts(member.value) }
    if let member = fields["remedies"] { readRemedies(member.value) }
    if let member = fields["dead_man"] { readDeadMan(member.value) }
    if let member = fields["metrics"] { readMetrics(member.value) }
    if fields["sources"] == nil || (plan.sources.isEmpty && problems.allSatisfy(\.isWarning)) {
      warning(
        fields["sources"]?.value.place ?? file.place, "no source is watched",
        "add one to sources, see docs/configuration.md")
    }
  }

  mutating func problem(_ place: TextPlace, _ what: String, _ todo: String?) {
    add(place, what, todo, isWarning: false)
  }

  mutating func warning(_ place: TextPlace, _ what: String, _ todo: String?) {
    add(place, what, todo, isWarning: true)
  }

  private mutating func add(
    _ place: TextPlace, _ what: String, _ todo: String?, isWarning: Bool
  ) {
    let text = todo.map { "\(what); \($0)" } ?? what
    problems.append(
      SetupProblem(
        isWarning: isWarning, line: place.line, column: place.column, text: text.plainLine))
  }

  /// A value from the file as it may stand in a message.
  func named(_ text: String) -> String {
    "\"\(text.shortened(to: 60))\""
  }
}
