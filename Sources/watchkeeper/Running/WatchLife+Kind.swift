import WatchCore

extension WatchLife {
  /// The same word on screen; its age may differ.
  func isLike(_ other: WatchLife) -> Bool {
    switch (self, other) {
    case (.starting, .starting), (.alive, .alive), (.gone, .gone): true
    default: false
    }
  }
}
