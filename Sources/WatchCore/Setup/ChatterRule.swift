/// When an alert counts as chattering, and no longer. ISA-18.2 knows "three changes in a minute"; our paths
/// beat in minutes, so it is hours that tell (docs/decisions.md).
public struct ChatterRule: Hashable, Sendable {
  /// It came back this often …
  public var returns: Int
  /// … within this span.
  public var within: Duration
  /// It is over when nothing came back for so long.
  public var calm: Duration
  /// What holds for so long without a break does not chatter: it failed.
  public var steady: Duration

  public init(
    returns: Int = 3, within: Duration = .minutes(60), calm: Duration = .minutes(60),
    steady: Duration = .minutes(15)
  ) {
    self.returns = returns
    self.within = within
    self.calm = calm
    self.steady = steady
  }

  public static let standard = ChatterRule()

  /// `3 in 60m, calm 60m, steady 15m`
  public var text: String {
    "\(returns) in \(Expectation.unit(within)), calm \(Expectation.unit(calm)), "
      + "steady \(Expectation.unit(steady))"
  }

  /// How many of these times lie within the span before now, what happens now counted too.
  public func count(_ times: [Timestamp], at now: Timestamp) -> Int {
    times.count { $0 <= now && now - $0 < within } + 1
  }
}
