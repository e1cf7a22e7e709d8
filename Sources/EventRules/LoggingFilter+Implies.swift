extension LoggingFilter {
  /// Whether every entry that this one lets through comes through the other too, as far as their forms
  /// tell: an alternative more, a restriction less. False where that cannot be seen.
  public func implies(_ other: LoggingFilter) -> Bool {
    var steps = Self.stepLimit
    return Self.implies(root, other.root, &steps)
  }

  /// Forms can be nested so that comparing them takes for ever.
  private static let stepLimit = 20_000

  private static func implies(_ left: Node, _ right: Node, _ steps: inout Int) -> Bool {
    steps -= 1
    guard steps > 0 else { return false }
    switch (left, right) {
    case (_, .everything): return true
    case (.any(let parts), _):
      for part in parts where !implies(part, right, &steps) { return false }
      return true
    case (_, .all(let parts)):
      for part in parts where !implies(left, part, &steps) { return false }
      return true
    case (.not(let one), .not(let two)): return implies(two, one, &steps)
    case (.all(let parts), _):
      if case .any(let others) = right {
        for other in others where implies(left, other, &steps) { return true }
      }
      for part in parts where implies(part, right, &steps) { return true }
      return false
    case (_, .any(let parts)):
      for part in parts where implies(left, part, &steps) { return true }
      return false
    case (.test(let one), .test(let two)): return one == two
    case (.logID(let one), .logID(let two)): return one == two
    case (.opaque(let one), .opaque(let two)): return one == two
    default: return false
    }
  }
}
