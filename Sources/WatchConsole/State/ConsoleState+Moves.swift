import WatchCore

/// Moving about: screens, rows, NEW alerts.
extension ConsoleState {
  /// More rows than any list has.
  static let far = 1_000_000_000

  var page: Int { max(1, height / 2) }

  mutating func show(_ screen: Screen) {
    overlay = nil
    screens.removeAll { $0 == screen }
    if screen == .overview { screens = [] }
    screens.append(screen)
    focus = home(of: screen)
    chosenStep = nil
    scroll = [:]
    hush()
  }

  mutating func open() {
    switch opening {
    case .screen(let screen): show(screen)
    case .unfold:
      isUnfolded = true
      let index = selectedIndex
      refreshRows()
      settleCursor(index)
    case nil: break
    }
  }

  mutating func goBack() {
    switch backStep {
    case .filter: setFilter("")
    case .marks:
      marks = []
      say(Message("no marks"))
    case .focus: focus = home(of: screen)
    case .waiting:
      let count = waiting.count
      let index = selectedIndex
      release()
      settleCursor(index)
      say(Message("\(count) let in"))
    case .leave:
      if screens.count > 1 { screens.removeLast() }
      focus = home(of: screen)
      scroll = [:]
      chosenStep = nil
      hush()
    case nil: break
    }
  }

  mutating func setFilter(_ text: String) {
    if screen == .journal {
      entryFilter = Filter(text)
      entry = nil
    } else if screen == .posture {
      postureFilter = Filter(text)
      postureCheck = nil
    } else {
      let index = selectedIndex
      filter = Filter(text)
      refreshRows()
      settleCursor(index)
    }
    say(Message(text.isEmpty ? "no filter" : "filter: \(text)"))
  }

  mutating func move(by step: Int) {
    switch (screen, focus) {
    case (.overview, .alerts):
      guard !rows.isEmpty else { return }
      moveCursor(to: min(max(0, (selectedIndex ?? 0) + step), rows.count - 1))
      hush()
    case (.overview, .cloud): stepPane(sideways: step < 0 ? -1 : 1)
    case (_, .runbook): moveStep(by: step)
    case (.journal, _): moveEntry(by: step)
    case (.shelved, _):
      let all = shelvedAlerts
      let index = all.firstIndex { $0.id == selectedShelved?.id } ?? 0
      shelf = all.isEmpty ? nil : all[min(max(0, index + step), all.count - 1)].id
    case (.cloud, _): movePath(by: step)
    case (.posture, .list): moveCheck(by: step)
    case (.graph, _): moveGraph(by: step)
    default: scroll[focus] = min(max(0, scroll[focus, default: 0] + step), Self.scrollLimit)
    }
  }

  /// In a runbook the arrows choose a step, and a page scrolls what that step has to say.
  mutating func turnPage(by step: Int) {
    guard focus == .runbook else { return move(by: step) }
    let part = step < 0 ? -3 : 3
    scroll[.runbook] = min(max(0, scroll[.runbook, default: 0] + part), Self.scrollLimit)
  }

  /// Lines that a pane can be scrolled by; whoever draws it cuts it to what there is.
  static let scrollLimit = 10_000

  private mutating func moveStep(by step: Int) {
    guard let alert = subject, let runbook = runbook(of: alert) else { return }
    let now = self.step(of: alert) ?? runbook.steps.count
    chosenStep = min(max(1, now + step), runbook.steps.count)
    scroll[.runbook] = nil
  }

  private mutating func moveEntry(by step: Int) {
    let all = entries
    guard !all.isEmpty else { return }
    let index = all.firstIndex { $0.seq == selectedEntry?.seq } ?? 0
    let next = min(max(0, index + step), all.count - 1)
    entry = next == 0 ? nil : all[next].seq
  }

  private mutating func movePath(by step: Int) {
    guard let paths = selectedCloud?.paths, !paths.isEmpty else { return }
    let index = paths.firstIndex { $0.id == path } ?? 0
    path = paths[min(max(0, index + step), paths.count - 1)].id
  }

  /// `n` and `N`. The first press goes to the highest NEW alert, also if it is selected already;
  /// the next ones walk on. A symptom that is NEW leads to the row it is folded under.
  mutating func walkNew(by step: Int) {
    let here = screens.last
    frozen = nil
    filter = Filter()
    release()
    var targets: [AlertID] = []
    for alert in newAlerts {
      let id = rowAlert(of: alert)
      if !targets.contains(id) { targets.append(id) }
    }
    if walk == nil, case .alert(let id)? = here, targets.contains(id) { walk = id }
    guard let target = next(in: targets, by: step) else { return }
    walk = target
    if case .alert? = here {
      screens[screens.count - 1] = .alert(target)
      focus = .runbook
      chosenStep = nil
      scroll = [:]
    } else {
      screens = [.overview]
      focus = .alerts
    }
    select(target)
    hush()
  }

  private func next(in targets: [AlertID], by step: Int) -> AlertID? {
    guard let walk, let index = targets.firstIndex(of: walk) else { return targets.first }
    return targets[(index + step + targets.count) % targets.count]
  }

  /// The alert on whose row a NEW one is seen.
  private func rowAlert(of alert: Alert) -> AlertID {
    let isRow = rows.contains { $0.alert == alert.id }
    guard !isRow, let under = alert.under, board.picture.isFolded(alert) else { return alert.id }
    return under
  }

  private mutating func select(_ id: AlertID) {
    let isInFold = rows.contains { $0.alert == nil && $0.alerts.contains(id) }
    cursor = isInFold ? .lows : .alert(id)
    chosenStep = nil
    scroll[.runbook] = nil
  }
}
