/// How much room there is. Between two tiers the lower one is used: extra rows go to the lists,
/// extra columns to their text.
public enum Tier: Int, Hashable, Sendable, CaseIterable, Comparable {
  /// Under 20x3: one line.
  case line
  /// Under 80x24: lists.
  case small
  /// 80x24.
  case normal
  /// 120x40.
  case large
  /// 200x60.
  case wide

  public init(width: Int, height: Int) {
    if width >= 200, height >= 60 {
      self = .wide
    } else if width >= 120, height >= 40 {
      self = .large
    } else if width >= 80, height >= 24 {
      self = .normal
    } else if width >= 20, height >= 3 {
      self = .small
    } else {
      self = .line
    }
  }

  public static func < (left: Tier, right: Tier) -> Bool {
    left.rawValue < right.rawValue
  }
}
