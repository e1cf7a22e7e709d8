extension PostureCatalogue {
  static let bucket: [PostureRule] = []
}
