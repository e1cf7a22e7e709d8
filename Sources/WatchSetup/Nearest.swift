import WatchCore

/// What somebody who mistyped may have meant.
enum Nearest {
  /// `did you mean "trail"?`, or what is known where nothing is near.
  static func advice(_ text: String, _ known: [String]) -> String {
    if let near = near(text, known) { return "did you mean \"\(near)\"?" }
    return "known here: \(known.joined(separator: ", "))"
  }

  static func near(_ text: String, _ known: [String]) -> String? {
    guard text.count <= 60 else { return nil }
    if text.count >= 3, let longer = known.first(where: { $0.hasPrefix(text.lowercased()) }) {
      return longer
    }
    let all = known.map { ($0, distance(text.lowercased(), $0.lowercased())) }
    guard let best = all.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= max(1, max(text.count, best.0.count) / 2) ? best.0 : nil
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  static func distance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
