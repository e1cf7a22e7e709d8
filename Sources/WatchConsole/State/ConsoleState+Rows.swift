import WatchCore

/// The alert list: its order, what waits, and the cursor that sits on an alert and not on a row.
extension ConsoleState {
  /// Seconds after the last key for which the order of the list is held. A console that nobody
  /// touches must not hide a new alert for hours.
  static let heldFor = 60

  /// Makes the rows anew: from the board, the held order, the filter and the fold.
  mutating func refreshRows() {
    let picture = self.picture
    let queue = picture.queueOrder
    let order = held ?? queue
    if held == nil {
      waiting = []
    } else {
      let known = Set(order)
      waiting = queue.filter { !known.contains($0) }
    }
    let alerts = order.compactMap { picture.alerts[$0] }.filter { filter.takes($0) }
    rows = folded(alerts, in: picture)
  }

  private func folded(_ alerts: [Alert], in picture: Picture) -> [QueueRow] {
    let isFlood = held == nil ? self.isFlood : heldInFlood
    let folds = isFlood && !isUnfolded
    let shows = isUnfolded && !isFlood
    let lows = folds ? alerts.filter { $0.priority == .low && $0.folded.isEmpty } : []
    let hidden = lows.count > 1 ? Set(lows.map(\.id)) : []
    var rows: [QueueRow] = []
    var isFolded = false
    for alert in alerts {
      if hidden.contains(alert.id) {
        if !isFolded { rows.append(.lows(lows.map(\.id))) }
        isFolded = true
        continue
      }
      rows.append(.alert(alert.id))
      if shows { rows += picture.symptoms(of: alert.id).map { .symptom($0.id) } }
    }
    return rows
  }

  /// Lets waiting alerts in.
  mutating func release() {
    held = nil
    refreshRows()
  }

  /// From now on the order stands still.
  mutating func hold() {
    guard held == nil, !rows.isEmpty else { return }
    held = picture.queueOrder
    heldInFlood = isFlood
  }

  public var isHeld: Bool { held != nil }

  /// Puts the cursor on a row again after the rows have changed. What it was on may be gone: then
  /// the row that stands in its place is selected, and must not be acted on unseen.
  mutating func settleCursor(_ previous: Int?) {
    if cursor != nil, selectedIndex != nil { return }
    if case .alert(let id)? = cursor, rows.contains(where: { $0.alerts.contains(id) }) {
      cursor = .lows
      return
    }
    cursor = nil
    guard !rows.isEmpty else { return }
    let index = min(max(0, previous ?? 0), rows.count - 1)
    moveCursor(to: index)
    isFreshlySelected = true
  }

  /// The alert was selected by itself a moment ago: nobody can have read it yet.
  var isFreshlySelected: Bool {
    get { selectedItself.map { seconds - $0 < Self.readingTime } ?? false }
    set { selectedItself = newValue ? seconds : nil }
  }

  /// Seconds that a new selection stands before acts are for it.
  static let readingTime = 2

  mutating func selectSomething() {
    settleCursor(nil)
  }

  mutating func moveCursor(to index: Int) {
    guard rows.indices.contains(index) else { return }
    switch rows[index] {
    case .alert(let id), .symptom(let id): cursor = .alert(id)
    case .lows: cursor = .lows
    }
    chosenStep = nil
    scroll[.runbook] = nil
  }
}
