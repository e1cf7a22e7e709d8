import WatchCore

/// Panes: which there are, and what the arrows mean in them.
extension ConsoleState {
  /// The panes of the screen in the order of Tab.
  public var panes: [Pane] {
    switch screen {
    case .overview:
      if tier <= .small { return [.alerts] }
      let clouds = shown.clouds.map { Pane.cloud($0.cloud) }
      return [.alerts, .runbook] + (tier == .normal ? [] : [.journal]) + clouds
    case .alert:
      return tier <= .small
        ? [.runbook] : [.runbook, .history] + (tier == .normal ? [] : [.evidence])
    case .posture: return tier <= .small ? [.list] : [.list, .evidence]
    case .journal, .shelved, .cloud, .graph: return [.list]
    }
  }

  /// Where the focus is when a screen opens.
  func home(of screen: Screen) -> Pane {
    switch screen {
    case .overview: .alerts
    case .alert: .runbook
    case .journal, .shelved, .cloud, .posture, .graph: .list
    }
  }

  mutating func stepPane(by step: Int) {
    let panes = self.panes
    let index = panes.firstIndex(of: focus) ?? 0
    focus = panes[(index + step + panes.count) % panes.count]
  }

  /// Left and right: between the clouds when one has the focus, else as Tab does.
  mutating func stepPane(sideways step: Int) {
    guard case .cloud = focus else { return stepPane(by: step) }
    let clouds = panes.filter { if case .cloud = $0 { true } else { false } }
    guard let index = clouds.firstIndex(of: focus) else { return }
    focus = clouds[(index + step + clouds.count) % clouds.count]
  }

  var canMove: Bool {
    switch (screen, focus) {
    case (_, .cloud): true
    case (.overview, .alerts): !rows.isEmpty
    default: true
    }
  }

  func allowsCloud(_ cloud: Cloud) -> Allowance {
    if screen == .cloud(cloud) { return .no("this is the screen of \(cloud.label)") }
    return shown.clouds.contains { $0.cloud == cloud }
      ? .yes : .no("\(cloud.label) is not in the configuration")
  }

  /// What Enter does here.
  enum Opening: Hashable {
    case screen(Screen)
    case unfold
  }

  var opening: Opening? {
    switch (screen, focus) {
    case (.overview, .cloud(let cloud)): return .screen(.cloud(cloud))
    case (.overview, .journal): return .screen(.journal)
    case (.overview, _):
      if case .lows? = selectedRow { return .unfold }
      return subject.map { .screen(.alert($0.id)) }
    case (.journal, _), (.shelved, _): return subject.map { .screen(.alert($0.id)) }
    case (.posture, _):
      return selectedCheck.flatMap { alert(of: $0) }.map { .screen(.alert($0.id)) }
    case (.alert(let id), _):
      guard let alert = picture.alerts[id], !firstLook(alert).isEmpty else { return nil }
      return .screen(.posture)
    case (.cloud, _), (.graph, _): return nil
    }
  }

  /// What Esc would do here.
  enum BackStep: Hashable {
    case filter, marks, focus, waiting, leave
  }

  var backStep: BackStep? {
    if screen == .overview, !filter.isEmpty { return .filter }
    if screen == .journal, !entryFilter.isEmpty { return .filter }
    if screen == .posture {
      if !postureFilter.isEmpty { return .filter }
      if focus != .list { return .focus }
    }
    if screen == .overview {
      if !marks.isEmpty { return .marks }
      if focus != .alerts { return .focus }
      return waiting.isEmpty ? nil : .waiting
    }
    return .leave
  }

  /// What `y` shows here.
  var rawSubject: RawSubject? {
    switch screen {
    case .journal: selectedEntry.map { .entry($0.seq) }
    case .posture: selectedCheck.map { .check($0.key) }
    default: subject.map { .alert($0.id) }
    }
  }
}
