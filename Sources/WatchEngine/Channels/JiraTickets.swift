/// The tickets that this program made lately, by their incident's label, and whose turn it is with one.
actor JiraTickets {
  private var keys: [String: String] = [:]
  private var order: [String] = []
  /// Tickets that are not there any more, and the labels for which another was made in their place.
  private var gone: Set<String> = []
  private var remade: Set<String> = []
  private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

  /// One at a time for each label.
  func enter(_ label: String) async {
    guard waiting[label] != nil else {
      waiting[label] = []
      return
    }
    await withCheckedContinuation { waiting[label]?.append($0) }
  }

  func leave(_ label: String) {
    guard let next = waiting[label]?.first else {
      waiting[label] = nil
      return
    }
    waiting[label]?.removeFirst()
    next.resume()
  }

  func known(_ label: String) -> String? { keys[label] }

  /// Whether its ticket was made anew once already, and that one is gone as well.
  func isLost(_ label: String) -> Bool { remade.contains(label) && keys[label] == nil }

  func isGone(_ key: String) -> Bool { gone.contains(key) }

  /// Somebody deleted it, or we may not see it. Whether another may be made: once.
  func forget(_ label: String, _ key: String) -> Bool {
    if gone.count > 1_000 { gone = [] }
    gone.insert(key)
    if keys[label] == key {
      keys[label] = nil
      order.removeAll { $0 == label }
    }
    if remade.count > 1_000 { remade = [] }
    return remade.insert(label).inserted
  }

  func remember(_ label: String, _ key: String) {
    if keys.updateValue(key, forKey: label) == nil { order.append(label) }
    if order.count > 1_000 { keys[order.removeFirst()] = nil }
  }
}
