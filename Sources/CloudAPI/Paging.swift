/// Walks pages until there are no more, the cap is reached, or the caller has seen enough.
enum Paging {
  /// What one page led to.
  enum Step {
    case more(token: String)
    case enough
    case end
  }

  /// `page` asks for one page by token (nil for the first). A token met before would go round for
  /// ever: the answer counts as unreadable.
  /// - Returns: false when the cap or the caller cut the walk with more to come.
  static func walk<Failure: CloudFailure>(
    _ operation: String, cap: Int,
    page: (_ token: String?) async throws(Failure) -> Step
  ) async throws(Failure) -> Bool {
    var token: String?
    var seen: Set<String> = []
    for _ in 0..<max(cap, 1) {
      switch try await page(token) {
      case .end: return true
      case .enough: return false
      case .more(let next):
        guard seen.insert(next).inserted else {
          throw .unreadable(
            UnreadableAnswer(
              operation: operation, status: 200, reason: "the same page was offered twice"))
        }
        token = next
      }
    }
    return false
  }

  /// Pages of settings: more than any account may have of them.
  static let settingsCap = 200

  static func endless<Failure: CloudFailure>(_ operation: String) -> Failure {
    .unreadable(
      UnreadableAnswer(
        operation: operation, status: 200, reason: "it has more than \(settingsCap) pages"))
  }
}
