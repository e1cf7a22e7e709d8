import WatchCore

/// What a console that attends another process's watch adds to the journal by itself.
extension Engine {
  /// Who sits before the screen is told by it, once for each time that an alert becomes new; and has
  /// duty where nobody has.
  public func screenEvents() -> [Event] {
    guard let screen, picture.notUnderstood == nil else { return [] }
    let told = picture.open.compactMap { alert -> Event? in
      guard alert.isNew, !isToldWithCause(alert), !isTold(alert, screen) else { return nil }
      return .told(Told(alert: alert.id, channel: "console", to: screen.name, accepted: true))
    }
    guard picture.duty == nil, picture.lastWatch != nil else { return told }
    let duty = DutyMark(to: screen.name, text: "sits before the console", by: screen)
    return [.duty(duty)] + told
  }

  private func isTold(_ alert: Alert, _ screen: Operator) -> Bool {
    alert.toldNow.contains { entry in
      guard case .told(let told) = entry.event else { return false }
      return told.channel == "console" && told.to == screen.name
    }
  }

  /// That the watch which is attended was started by another configuration; nil where it was not.
  public var otherConfiguration: String? {
    guard let theirs = picture.snapshots[.configuration]?.hash,
      theirs != Engine.hash(plan.configurationJSON)
    else { return nil }
    return "the watch goes by another configuration than this console's: reload it (SIGHUP), or "
      + "start this console with the same --config"
  }
}

extension CommandAnswer {
  /// The entries that it comes to.
  public var events: [Event] {
    guard case .effects(let effects) = self else { return [] }
    return effects.flatMap { effect -> [Event] in
      guard case .append(let events) = effect else { return [] }
      return events
    }
  }
}

extension ChainLife {
  /// In words, for the message line.
  public var text: String {
    switch self {
    case .unchecked: "not checked"
    case .ok(let entries, _): "\(entries) entries, chain unbroken"
    case .broken(let what): what
    }
  }
}
