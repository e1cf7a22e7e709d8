/// Where an open alert stands in the queue. Kept for each beside the alerts themselves, because it is
/// small: thousands are counted and sorted at every frame without an alert being copied.
struct Standing: Hashable, Sendable {
  var id: AlertID
  var cloud: Cloud
  var priority: Priority
  /// NEW, CLR, ACK, SHV, in the queue's order.
  var rank: Int
  /// What counts within a rank: the priority of NEW and CLR alone …
  private var weight: Priority
  /// … then this, the oldest first.
  private var time: Timestamp
  var detected: Timestamp
  var chatters: Bool
  /// The alert that it is a symptom of.
  var under: AlertID?

  /// Nil for a closed one.
  init?(_ alert: Alert) {
    switch alert.state {
    case .new: (rank, time) = (0, alert.detected)
    case .cleared: (rank, time) = (1, alert.detected)
    case .acknowledged(_, let at, _): (rank, time) = (2, at)
    case .shelved(_, let until, _): (rank, time) = (3, until)
    case .closed: return nil
    }
    id = alert.id
    cloud = alert.source.cloud
    priority = alert.priority
    detected = alert.detected
    chatters = alert.chatter != nil
    weight = rank < 2 ? alert.priority : .low
    under = alert.under
  }

  var label: String { ["NEW", "CLR", "ACK", "SHV"][rank] }
}

extension Standing: Comparable {
  static func < (left: Standing, right: Standing) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.weight != right.weight { return left.weight > right.weight }
    return left.time == right.time ? left.id < right.id : left.time < right.time
  }
}
