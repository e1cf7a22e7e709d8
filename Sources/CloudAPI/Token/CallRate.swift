/// A quota that some calls share: what we allow ourselves of it.
struct CallRate: Sendable, Hashable {
  /// Which quota: a service and a place.
  var key: String
  /// In the long run.
  var perSecond: Double
  /// After a rest so many may go at once.
  var burst: Double
  /// Under way at the same time; nil for as many as there are.
  var together: Int?
  /// Whom the cloud has asked to stay away: those of the same quota, or of one place of it alone.
  var door: String

  init(
    _ key: String, perSecond: Double, burst: Double, together: Int? = nil, door: String? = nil
  ) {
    self.key = key
    self.perSecond = max(perSecond, 0.001)
    self.burst = max(burst, 1)
    self.together = together.map { max($0, 1) }
    self.door = door.map { "\(key) \($0)" } ?? key
  }
}
