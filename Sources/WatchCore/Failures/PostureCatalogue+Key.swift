extension PostureCatalogue {
  static let key: [PostureRule] = []
}
