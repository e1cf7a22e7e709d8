extension String {
  /// With marks written otherwise, scalar by scalar: as a Character a mark that a combining one follows is
  /// another, and would pass.
  func writing(_ marks: [Unicode.Scalar: String]) -> String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let mark = marks[scalar] {
        text.append(contentsOf: mark.unicodeScalars)
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }
}
