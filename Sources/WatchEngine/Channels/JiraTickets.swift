/// The tickets that this program made lately, by their incident's label, and whose turn it is with one.
actor JiraTickets {
  private var keys: [String: String] = [:]
  private var order: [String] = []
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

  func remember(_ label: String, _ key: String) {
    if keys.updateValue(key, forKey: label) == nil { order.append(label) }
    if order.count > 1_000 { keys[order.removeFirst()] = nil }
  }
}
