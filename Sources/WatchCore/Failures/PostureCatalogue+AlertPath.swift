extension PostureCatalogue {
  static let alertPath: [PostureRule] = []
}
