/// What a cloud asks for a kind of call.
public struct CallPrice: Hashable, Sendable {
  /// `S3 LIST`, as a bill's line names it.
  public var what: String
  /// US dollars for ``per`` calls.
  public var dollars: Double
  public var per: Int
  /// Calls a month for which nothing is asked. It is the account's allowance, not the watch's own:
  /// others may have used it up.
  public var free: Int
  /// Where the price is published.
  public var source: String

  public init(_ what: String, _ dollars: Double, per: Int, free: Int = 0, source: String) {
    self.what = what
    self.dollars = dollars
    self.per = per
    self.free = free
    self.source = source
  }

  /// US dollars for so many calls a month.
  public func cost(_ calls: Int) -> Double {
    Double(max(0, calls - free)) * dollars / Double(per)
  }
}

/// A cloud's price list as it was on a day.
public struct PriceList: Hashable, Sendable {
  /// `2025-06`
  public var asOf: String
  public var region: String
  /// Whether somebody held it against the published pages on that day.
  public var isVerified: Bool
  public var prices: [CallPrice]

  public init(asOf: String, region: String, isVerified: Bool, prices: [CallPrice]) {
    self.asOf = asOf
    self.region = region
    self.isVerified = isVerified
    self.prices = prices
  }
}
