import WatchCore

extension JournalFile {
  /// In how many places the chain does not hold, as far as this value has read: each line is checked
  /// against the one before as it comes. What was changed behind it needs a ``JournalVerifier``.
  public var breaks: Int { chain.breaks }

  /// The newest of those places; looks at the whole file to tell what was done.
  public func newestBreak() throws(JournalError) -> BadEntry? {
    try chain.newestBreak.map { (found) throws(JournalError) in
      try BreakKind.of(found, path: folder.journal)
    }
  }
}
