import TextCanvas
import WatchCore

/// The overview under 80x24: clouds, one line of trail status, alerts, the current runbook step. As
/// it gets lower, alerts go first down to one, then ok clouds; trail and step stay down to 6 rows.
enum SmallScreen {
  /// Which rows there is room for.
  struct Plan: Hashable {
    var clouds: Int
    var trail = 0
    var alerts = 0
    var step = 0
    var command = 0

    /// - Parameter height: rows of the body.
    init(height: Int, clouds all: Int, alerts count: Int) {
      let wanted = max(1, count)
      clouds = min(1, height)
      alerts = height >= 2 ? 1 : 0
      step = height >= 3 ? 1 : 0
      trail = height >= 4 ? 1 : 0
      var left = height - clouds - alerts - step - trail
      let more = min(left, all - clouds)
      clouds += max(0, more)
      left -= max(0, more)
      command = left >= 5 ? 1 : 0
      alerts = min(max(wanted, alerts), alerts + max(0, left - command))
    }
  }

  /// - Returns: the alerts whose rows are to be seen.
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    let shown = state.shown.clouds
    let plan = Plan(height: canvas.bounds.height, clouds: shown.count, alerts: state.rows.count)
    var row = 0
    for cloud in kept(shown, plan.clouds) {
      self.cloud(cloud, state, row: row, on: &canvas)
      row += 1
    }
    if plan.trail > 0 {
      trail(state, row: row, on: &canvas)
      row += 1
    }
    let seen = alerts(state, count: plan.alerts, row: row, on: &canvas)
    row += plan.alerts
    if plan.step > 0 {
      step(state, row: row, on: &canvas)
      row += 1
    }
    if plan.command > 0 { command(state, row: row, on: &canvas) }
    return seen
  }

  /// The worst ones, in their usual order.
  private static func kept(_ clouds: [CloudStatus], _ count: Int) -> [CloudStatus] {
    let worst = clouds.sorted { left, right in
      let (a, b) = (weight(left), weight(right))
      return a == b ? left.cloud < right.cloud : a < b
    }
    let names = Set(worst.prefix(count).map(\.cloud))
    return clouds.filter { names.contains($0.cloud) }
  }

  private static func weight(_ cloud: CloudStatus) -> Int {
    if cloud.paths.isEmpty { return 100 }
    return cloud.state.rank * 2 + (cloud.open > 0 ? 0 : 1)
  }

  private static func cloud(
    _ cloud: CloudStatus, _ state: ConsoleState, row: Int, on canvas: inout Canvas
  ) {
    canvas.put(state.safe(cloud.cloud.label), row: row, column: 0)
    let role = ColourRole(cloud.state, inUse: !cloud.paths.isEmpty)
    var column = canvas.put(state.safe(cloud.label), row: row, column: 6, style: state.theme[role])
    guard !cloud.paths.isEmpty else { return }
    let (live, of) = cloud.delivering
    let count: SafeText = "\(live) of \(of)"
    if !cloud.state.isProven, let worst = cloud.worst {
      let age = worst.since.age(at: state.shownNow).shortText
      let why = worst.reason.isEmpty ? worst.name : worst.reason
      let text = state.safe("\(age) \(worst.names[0]) \(why)")
      let room = canvas.bounds.width - column - count.width - 3
      column = canvas.put(text.truncated(to: max(0, room)), row: row, column: column + 1)
    }
    canvas.put(count, row: row, column: column + 2)
  }

  /// `trail org-trail on, S3 8m, echo 2m`; of the other clouds where AWS has none, or they are worse.
  private static func trail(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    let now = state.shownNow
    let carriers = state.shown.clouds.flatMap(\.paths).filter {
      ($0.id.kind == .trail || $0.id.kind == .setting) && $0.state != .off
    }
    let ranks = carriers.map { $0.state.isProven ? Int.max : $0.state.rank }
    guard let rank = ranks.min(), let at = ranks.firstIndex(of: rank) else {
      canvas.put(
        "trail, setting or sink: not set up", row: row, column: 0, style: state.theme[.quiet])
      return
    }
    let worst = carriers[at]
    let paths = state.shown.clouds.first { $0.cloud == worst.id.source.cloud }?.paths ?? []
    let name = worst.name.isEmpty ? worst.id.source.name : worst.name
    let isOn = worst.state.isProven
    let word = isOn ? "on" : worst.state.label + (worst.reason.isEmpty ? "" : " \(worst.reason)")
    var column = canvas.put(state.safe("\(worst.id.kind.label) \(name) "), row: row, column: 0)
    column = canvas.put(
      state.safe(word), row: row, column: column,
      style: state.theme[isOn ? .text : ColourRole(worst.state)])
    let kinds: [PathKind] = [.s3, .group, .digest, .activity, .archive, .entries, .export, .echo]
    let ages = kinds.compactMap { kind in
      paths.filter { $0.id.kind == kind }.compactMap(\.newest).max().map {
        "\(kind.label) \($0.age(at: now).shortText)"
      }
    }
    canvas.put(state.safe(([""] + ages).joined(separator: ", ")), row: row, column: column)
  }

  private static func alerts(
    _ state: ConsoleState, count: Int, row: Int, on canvas: inout Canvas
  ) -> Set<AlertID> {
    guard !state.rows.isEmpty else {
      canvas.put("no alert is open", row: row, column: 2, style: state.theme[.quiet])
      return []
    }
    let top = Table.top(selected: state.selectedIndex, count: state.rows.count, visible: count)
    var seen: Set<AlertID> = []
    for (offset, item) in state.rows.dropFirst(top).prefix(count).enumerated() {
      seen.formUnion(item.alerts)
      alert(
        item, state, row: row + offset, isSelected: top + offset == state.selectedIndex, on: &canvas
      )
    }
    return seen
  }

  private static func alert(
    _ item: QueueRow, _ state: ConsoleState, row: Int, isSelected: Bool, on canvas: inout Canvas
  ) {
    if isSelected {
      canvas.put(Glyphs(state.alphabet).cursor, row: row, column: 0, style: state.theme[.title])
      canvas.placeCursor(row: row, column: 0)
    }
    guard let id = item.alert, let alert = state.picture.alerts[id] else {
      canvas.put("\(item.alerts.count) low alerts, folded (Enter shows)", row: row, column: 2)
      return
    }
    let marks = alert.priority.marks + String(repeating: " ", count: 3 - alert.priority.marks.count)
    let head = state.safe("\(alert.state.label.prefix(3)) \(marks)")
    let column = canvas.put(head, row: row, column: 2, style: state.theme[ColourRole(alert)]) + 1
    let more = state.picture.symptoms(of: id).count
    let chatter = alert.chatter.map { " chattering x\($0)" } ?? ""
    let tail = state.safe(chatter + (more > 0 ? " +\(more)" : ""))
    let text = state.safe("\(id.text) \(alert.place.account) \(alert.what)")
    let room = max(0, canvas.bounds.width - column)
    canvas.put(
      text.truncated(to: max(0, room - tail.width)) + tail.truncated(to: room), row: row,
      column: column)
  }

  /// `step 2/7 Was it planned?  to jon in 4m29s`
  private static func step(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    guard let alert = state.subject else {
      canvas.put("no step to do", row: row, column: 0, style: state.theme[.quiet])
      return
    }
    let next = Escalation(alert, state.board, at: state.now)?.countdown(at: state.now)
    let short =
      state.width < 60 ? next.map { $0.drop { $0 != " " }.dropFirst() } : next.map { $0[...] }
    let right = state.safe(short ?? "")
    let room = canvas.bounds.width - (right.isEmpty ? 0 : right.width + 2)
    canvas.put(
      state.safe(stepText(alert, state)).truncated(to: max(0, room)), row: row, column: 0)
    guard room > 12, !right.isEmpty else { return }
    canvas.put(right, row: row, column: room + 2, style: state.theme[.late])
  }

  private static func stepText(_ alert: Alert, _ state: ConsoleState) -> String {
    guard let runbook = state.runbook(of: alert) else { return "no runbook for \(alert.code.text)" }
    guard let number = state.step(of: alert), let step = runbook.step(number) else {
      return "all \(runbook.steps.count) steps are marked"
    }
    let title = step.title.text(with: RunbookValues(alert: alert, at: state.now))
    return "step \(number)/\(runbook.steps.count) \(title)"
  }

  private static func command(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    guard let alert = state.subject, let runbook = state.runbook(of: alert),
      let step = state.step(of: alert).flatMap({ runbook.step($0) }),
      let command = step.commands.first
    else { return }
    let text = command.command(with: RunbookValues(alert: alert, at: state.now)).text
    // Cut, it could not be copied: Enter shows it whole.
    let line = state.safe(text)
    canvas.put(
      line.width <= canvas.bounds.width - 2 ? line : "Enter shows the command", row: row, column: 2,
      style: state.theme[.quiet])
  }
}
