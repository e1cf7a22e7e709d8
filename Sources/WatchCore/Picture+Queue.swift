extension Picture {
  public var open: [Alert] { alerts.values.filter(\.isOpen) }

  /// The queue as it is read: NEW by priority then oldest first, CLR, ACK by age, SHV last.
  /// Symptoms stand under their cause and not in the queue, unless their cause is closed.
  public var queue: [Alert] {
    open.filter { !isFolded($0) }.sorted { left, right in
      let (a, b) = (Self.order(left), Self.order(right))
      return a == b ? left.id < right.id : a < b
    }
  }

  /// Whether an open alert is shown under another open one.
  public func isFolded(_ alert: Alert) -> Bool {
    guard let under = alert.under, let cause = alerts[under] else { return false }
    return cause.isOpen
  }

  /// The open symptoms under an alert, theirs too, in order of their numbers.
  public func symptoms(of id: AlertID) -> [Alert] {
    var found: Set<AlertID> = []
    var next = alerts[id]?.folded ?? []
    while let symptom = next.popLast() {
      guard symptom != id, found.insert(symptom).inserted else { continue }
      next += alerts[symptom]?.folded ?? []
    }
    return found.sorted().compactMap { alerts[$0] }.filter(\.isOpen)
  }

  /// Open alerts in a state, folded ones too: NEW counts what is folded.
  public func count(_ label: String) -> Int {
    open.count { $0.state.label == label }
  }

  /// Alerts, open or shelved, on a cloud: any of them forbids plain `ok`.
  public func open(on cloud: Cloud) -> Int {
    open.count { $0.source.cloud == cloud }
  }

  /// An open alert of this identity.
  public func open(_ code: FailureCode, _ source: SourceID, _ subject: String?) -> Alert? {
    open.first { $0.code == code && $0.source == source && $0.subject == subject }
  }

  private static func order(_ alert: Alert) -> QueueOrder {
    switch alert.state {
    case .new: QueueOrder(rank: 0, priority: alert.priority, time: alert.detected)
    case .cleared: QueueOrder(rank: 1, priority: alert.priority, time: alert.detected)
    case .acknowledged(_, let at, _): QueueOrder(rank: 2, priority: .low, time: at)
    case .shelved(_, let until, _): QueueOrder(rank: 3, priority: .low, time: until)
    case .closed: QueueOrder(rank: 4, priority: .low, time: alert.detected)
    }
  }
}

private struct QueueOrder: Comparable {
  var rank: Int
  var priority: Priority
  var time: Timestamp

  static func < (left: QueueOrder, right: QueueOrder) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.priority != right.priority { return left.priority > right.priority }
    return left.time < right.time
  }
}
