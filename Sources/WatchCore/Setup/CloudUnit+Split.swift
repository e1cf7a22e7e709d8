extension [CloudUnit] {
  /// `LABEL/NAME` or `ID/NAME`: the unit that is meant, and the name in it; nil where it begins with none
  /// of them. Labels of folders hold a slash themselves: the longest that fits counts.
  public func split(_ text: String) -> (unit: CloudUnit, name: String)? {
    var best: (unit: CloudUnit, name: String)?
    for unit in self {
      for head in [unit.label, unit.id] where text.hasPrefix("\(head)/") {
        let name = String(text.dropFirst(head.count + 1))
        if best.map({ name.count < $0.name.count }) ?? true { best = (unit, name) }
      }
    }
    return best
  }
}
