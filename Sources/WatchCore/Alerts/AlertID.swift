/// An alert's short name on screen, `A-0143`. In the journal an alert is bound to the hash of its
/// raise entry as well.
public struct AlertID: Hashable, Sendable, Comparable {
  public var number: Int

  public init(_ number: Int) {
    self.number = number
  }

  public var text: String {
    let digits = String(number)
    return "A-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Reads `A-0143` (also without leading zeros, or in lower case).
  public init?(text: String) {
    guard text.count <= 20, text.uppercased().hasPrefix("A-"), let number = Int(text.dropFirst(2)),
      number > 0, text.dropFirst(2).first != "+"
    else { return nil }
    self.number = number
  }

  public static func < (left: AlertID, right: AlertID) -> Bool {
    left.number < right.number
  }
}
