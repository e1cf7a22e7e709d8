extension Snapshot {
  /// `"jon joins"`, or that nobody said.
  public var reason: String { why.map { "\"\($0)\"" } ?? "no reason given" }

  /// A change for a reader: when, by whom, why, from where, and what became what.
  func change(in entry: Entry) -> [String] {
    let name = isUnnamed ? "\(entry.who), which is nobody's name" : entry.who
    let place = from.map { ", \($0)" } ?? ""
    return ["changed \(entry.at.iso) by \(name), \(reason)\(place) (entry \(entry.seq)):"]
      + difference.map { "  \($0)" }
  }
}
