import WatchCore

/// Turns the file's values into a plan, and collects what is wrong on the way.
struct PlanReader {
  var problems: [SetupProblem] = []
  var plan = WatchPlan()
  /// Names of accounts of all clouds, also of those that are not watched: `azure/dev`.
  var accounts: [String: TextPlace] = [:]
  var channels: [String: TextPlace] = [:]

  mutating func read(_ file: JSON5Value) {
    refuseSecrets(file)
    guard let fields = fields(file, "the file", ["duty", "clouds", "sources", "channels"]) else {
      return
    }
    // Channels and clouds first: the others name them.
    if let member = fields["channels"] { readChannels(member.value) }
    if let member = fields["clouds"] { readClouds(member.value) }
    if let member = fields["sources"] { readSources(member.value) }
    if let member = fields["duty"] { readDuty(member.value) }
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
