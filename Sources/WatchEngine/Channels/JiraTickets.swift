/// The tickets that this program made lately, by where they belong (site, project) and their incident's
/// label, and whose turn it is with one. Each channel has its own, wherever it makes them.
actor JiraTickets {
  /// Where an incident's ticket belongs.
  struct Place: Hashable, Sendable {
    var site: String
    var project: String
    var label: String
  }

  /// A ticket there is, or was: two sites may name theirs alike.
  private struct Ticket: Hashable {
    var site: String
    var key: String
  }

  private var keys: [Place: String] = [:]
  private var order: [Place] = []
  /// Tickets that are not there any more, and the places in which another was made in their place.
  private var gone: Set<Ticket> = []
  private var remade: Set<Place> = []
  private var waiting: [Place: [CheckedContinuation<Void, Never>]] = [:]

  /// One at a time for each place.
  func enter(_ place: Place) async {
    guard waiting[place] != nil else {
      waiting[place] = []
      return
    }
    await withCheckedContinuation { waiting[place]?.append($0) }
  }

  func leave(_ place: Place) {
    guard let next = waiting[place]?.first else {
      waiting[place] = nil
      return
    }
    waiting[place]?.removeFirst()
    next.resume()
  }

  func known(_ place: Place) -> String? { keys[place] }

  /// Whether its ticket was made anew once already, and that one is gone as well.
  func isLost(_ place: Place) -> Bool { remade.contains(place) && keys[place] == nil }

  func isGone(_ key: String, _ place: Place) -> Bool {
    gone.contains(Ticket(site: place.site, key: key))
  }

  /// Somebody deleted it, or we may not see it. Whether another may be made: once.
  func forget(_ place: Place, _ key: String) -> Bool {
    if gone.count > 1_000 { gone = [] }
    gone.insert(Ticket(site: place.site, key: key))
    if keys[place] == key {
      keys[place] = nil
      order.removeAll { $0 == place }
    }
    if remade.count > 1_000 { remade = [] }
    return remade.insert(place).inserted
  }

  func remember(_ place: Place, _ key: String) {
    if keys.updateValue(key, forKey: place) == nil { order.append(place) }
    if order.count > 1_000 { keys[order.removeFirst()] = nil }
  }
}
