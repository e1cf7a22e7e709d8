extension PostureCatalogue {
  static let group: [PostureRule] = []
}
