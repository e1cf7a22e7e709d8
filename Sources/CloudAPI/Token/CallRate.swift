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

  init(_ key: String, perSecond: Double, burst: Double, together: Int? = nil) {
    self.key = key
    self.perSecond = max(perSecond, 0.001)
    self.burst = max(burst, 1)
    self.together = together.map { max($0, 1) }
  }
}
