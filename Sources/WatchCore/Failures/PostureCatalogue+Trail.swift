extension PostureCatalogue {
  static let trail: [PostureRule] = []
}
