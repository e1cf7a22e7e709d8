/// What the watch's own calls to a cloud cost at the chosen cadence, in US dollars a month
/// (30 days), by the price list that docs/cost.md names with its date.
public struct CallBill: Hashable, Sendable {
  public struct Line: Hashable, Sendable {
    /// `S3 LIST`, `CloudWatch Logs`.
    public var what: String
    public var callsPerMonth: Int
    /// US dollars.
    public var dollars: Double

    public init(what: String, callsPerMonth: Int, dollars: Double) {
      self.what = what
      self.callsPerMonth = callsPerMonth
      self.dollars = dollars
    }
  }

  public var cloud: Cloud
  public var account: String
  /// Dearest first.
  public var lines: [Line]

  public init(cloud: Cloud, account: String, lines: [Line]) {
    self.cloud = cloud
    self.account = account
    self.lines = lines
  }

  /// US dollars a month.
  public var dollars: Double { lines.reduce(0) { $0 + $1.dollars } }
  public var callsPerMonth: Int { lines.reduce(0) { $0 + $1.callsPerMonth } }
}
