extension Alert {
  /// All whose acts it was ever laid to: a later cause excuses nobody.
  public var actors: Set<String> {
    var names: Set<String> = []
    if let actor = cause?.actor { names.insert(actor) }
    for entry in entries {
      switch entry.event {
      case .raise(let raise): if let actor = raise.cause?.actor { names.insert(actor) }
      case .cause(_, let cause, _, _): names.insert(cause.actor)
      default: continue
      }
    }
    return names
  }

  /// Somebody took it who did not cause it: one's own act given to another is still in one hand.
  public var isTakenByAnother: Bool {
    let actors = actors
    guard !actors.isEmpty else { return true }
    return entries.contains { entry in
      guard !undone.contains(entry.seq), case .act(let act) = entry.event, let by = act.by,
        act.verb == .ack || act.verb == .assign
      else { return false }
      return !actors.contains(by.name)
    }
  }
}
