/// Finds the word that was meant.
enum NearWord {
  /// The same word but for upper and lower case.
  static func caseTwin(of word: String, in words: some Sequence<String>) -> String? {
    let folded = word.lowercased()
    return words.filter { $0 != word && $0.lowercased() == folded }.min()
  }

  /// The word at most two slips away, one for short words; nil where there is none.
  static func slip(of word: String, in words: some Sequence<String>) -> String? {
    let letters = Array(word.unicodeScalars.prefix(65))
    guard (4...64).contains(letters.count) else { return nil }
    let allowed = letters.count < 6 ? 1 : 2
    var best: (word: String, distance: Int)?
    for candidate in words where candidate != word {
      let other = Array(candidate.unicodeScalars)
      guard abs(other.count - letters.count) <= allowed else { continue }
      let distance = distance(letters, other)
      guard distance <= allowed else { continue }
      if let best, (best.distance, best.word) <= (distance, candidate) { continue }
      best = (candidate, distance)
    }
    return best?.word
  }

  /// Insertions, deletions and replacements (Levenshtein).
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !right.isEmpty else { return left.count }
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
