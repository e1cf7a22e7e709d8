extension Picture {
  /// Open alerts, by number.
  public var open: [Alert] { standings.keys.sorted().compactMap { alerts[$0] } }

  /// How many alerts are open.
  public var openCount: Int { standings.count }

  /// The queue as it is read: NEW by priority then oldest first, CLR, ACK by age, SHV last.
  /// Symptoms stand under their cause and not in the queue, unless their cause is closed.
  public var queue: [Alert] { queueOrder.compactMap { alerts[$0] } }

  /// The queue's alerts by number, in its order.
  public var queueOrder: [AlertID] {
    standings.values.filter { standing in
      standing.under.map { standings[$0] == nil } ?? true
    }.sorted().map(\.id)
  }

  /// NEW alerts, folded ones too, highest first and then oldest first.
  public var newOrder: [AlertID] {
    standings.values.filter { $0.rank == 0 }.sorted().map(\.id)
  }

  /// Whether an open alert is shown under another open one.
  public func isFolded(_ alert: Alert) -> Bool {
    alert.under.map { standings[$0] != nil } ?? false
  }

  /// The open symptoms under an alert, theirs too, in order of their numbers.
  public func symptoms(of id: AlertID) -> [Alert] {
    var found: Set<AlertID> = []
    var next = alerts[id]?.folded ?? []
    while let symptom = next.popLast() {
      guard symptom != id, found.insert(symptom).inserted else { continue }
      next += alerts[symptom]?.folded ?? []
    }
    return found.filter { standings[$0] != nil }.sorted().compactMap { alerts[$0] }
  }

  /// Open alerts in a state, folded ones too: NEW counts what is folded.
  public func count(_ label: String) -> Int {
    standings.values.count { $0.label == label }
  }

  /// NEW alerts of high priority, folded ones too.
  public var newHighCount: Int {
    standings.values.count { $0.rank == 0 && $0.priority == .high }
  }

  /// How many were raised after a time.
  public func raised(after limit: Timestamp) -> Int {
    recent.reversed().prefix { $0.at > limit }.count { entry in
      if case .raise = entry.event { true } else { false }
    }
  }

  /// More raised in ten minutes than anybody can follow (ISA-18.2, EEMUA 191).
  public static let floodLimit = 10

  /// Alerts, open or shelved, on a cloud: any of them forbids plain `ok`.
  public func open(on cloud: Cloud) -> Int {
    standings.values.count { $0.cloud == cloud }
  }

  /// An open alert of this identity.
  public func open(_ code: FailureCode, _ source: SourceID, _ subject: String?) -> Alert? {
    open.first { $0.code == code && $0.source == source && $0.subject == subject }
  }
}
