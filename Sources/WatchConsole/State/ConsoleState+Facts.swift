import TextCanvas
import WatchCore

/// What follows from the state; screens read these.
extension ConsoleState {
  public var screen: Screen { screens.last ?? .overview }
  public var tier: Tier { Tier(width: width, height: height) }
  public var isASCII: Bool { alphabet == .ascii }

  /// What is shown: the frozen board, or the newest.
  public var shown: Board { frozen?.board ?? board }
  /// The time that ages are counted to: it stands still in a frozen view.
  public var shownNow: Timestamp { frozen?.at ?? now }
  public var picture: Picture { shown.picture }

  /// The operator at this console.
  public var me: Operator { board.me }

  /// How long the view has been frozen; nil while it is live.
  public var frozenFor: Duration? { frozen.map { $0.at.age(at: now) } }

  /// The alert that keys act on: the screen's own, or the selected one. From the newest board.
  public var subject: Alert? {
    switch screen {
    case .alert(let id): board.picture.alerts[id]
    case .overview: selectedRow?.alert.flatMap { board.picture.alerts[$0] }
    case .journal: selectedEntry?.event.alert.flatMap { board.picture.alerts[$0] }
    case .shelved: selectedShelved
    case .cloud, .posture, .graph: nil
    }
  }

  /// The row of the alert list under the cursor.
  public var selectedRow: QueueRow? {
    selectedIndex.map { rows[$0] }
  }

  public var selectedIndex: Int? {
    switch cursor {
    case .alert(let id): rows.firstIndex { $0.alert == id }
    case .lows: rows.firstIndex { $0.alert == nil }
    case nil: nil
    }
  }

  /// The cursor's alert on the overview, as it is shown; nil on a fold.
  public var selectedAlert: Alert? {
    selectedRow?.alert.flatMap { picture.alerts[$0] }
  }

  /// Marked alerts that are still open, in order.
  public var markedAlerts: [AlertID] {
    marks.filter { board.picture.alerts[$0]?.isOpen == true }.sorted()
  }

  /// The runbook of an alert, if it is there.
  public func runbook(of alert: Alert) -> Runbook? {
    runbooks[alert.runbook]
      ?? runbooks.values.sorted { $0.name < $1.name }
      .handling(alert.code.text)
  }

  /// The step that Space marks: the chosen one, else the first without a mark.
  public func step(of alert: Alert) -> Int? {
    guard let runbook = runbook(of: alert) else { return nil }
    if let chosenStep, runbook.step(chosenStep) != nil { return chosenStep }
    return alert.currentStep(of: runbook.steps.count)
  }

  /// Shelved alerts, the first to come back on top.
  public var shelvedAlerts: [Alert] {
    picture.open.filter(\.isShelved).sorted { left, right in
      let (a, b) = (Self.shelfEnd(left), Self.shelfEnd(right))
      return a == b ? left.id < right.id : a < b
    }
  }

  public var selectedShelved: Alert? {
    let all = shelvedAlerts
    return all.first { $0.id == shelf } ?? all.first
  }

  /// Until when an alert is shelved.
  public static func shelfEnd(_ alert: Alert) -> Timestamp {
    if case .shelved(_, let until, _) = alert.state { return until }
    return alert.detected
  }

  /// The journal's entries as listed: newest first, proofs and snapshots left out.
  public var entries: [Entry] {
    picture.recent.reversed().filter { !$0.event.isRoutine && entryFilter.takes($0, in: picture) }
  }

  public var selectedEntry: Entry? {
    let all = entries
    guard let entry else { return all.first }
    // An entry that a filter has hidden: the next older one.
    return all.first { $0.seq <= entry } ?? all.last
  }

  /// The cloud that the cloud screen, or the focus on the overview, is about.
  public var selectedCloud: CloudStatus? {
    switch (screen, focus) {
    case (.cloud(let cloud), _), (.overview, .cloud(let cloud)):
      shown.clouds.first { $0.cloud == cloud }
    default: nil
    }
  }

  /// Whether a cloud was proven again a moment ago.
  public func isFreshlyRecovered(_ cloud: Cloud) -> Bool {
    recoveries[cloud].map { seconds - $0 < Self.recoveryShown } ?? false
  }

  /// Seconds for which a recovery is shown as such.
  static let recoveryShown = 10

  static func newAlerts(_ picture: Picture) -> [Alert] {
    picture.newOrder.compactMap { picture.alerts[$0] }
  }

  /// Raised within the last ten minutes; over ``floodLimit`` is a flood.
  public var raisedLately: Int { picture.raised(after: shownNow - .minutes(10)) }

  public static let floodLimit = Picture.floodLimit
  public var isFlood: Bool { raisedLately > Self.floodLimit }

  /// The message that stands now.
  public var currentMessage: Message? {
    message.flatMap { seconds < $0.until ? $0.message : nil }
  }

  /// The field that is being typed into.
  public var field: Field? {
    if case .field(let field)? = prompt { field } else { nil }
  }

  public var question: Question? {
    if case .question(let question)? = prompt { question } else { nil }
  }
}
