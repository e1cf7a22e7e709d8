import Posix
import WatchCore

extension JournalFile {
  /// Before the first append: a head file that the journal does not bear out (its end was cut, or
  /// its newest line changed) is kept aside for the verifier, for the next one would hide it.
  mutating func reviewHead() {
    guard !hasReviewedHead else { return }
    hasReviewedHead = true
    guard let stored = JournalHead.read(folder.head).head, let seq = chain.mark, seq == stored.seq,
      chain.marked != stored.hash
    else { return }
    try? File.replace(folder.lostHead(stored.seq), with: Array(stored.line.utf8))
  }

  /// Says beside the journal what its newest entry is. Failing here costs nothing but the check:
  /// the entry is on the disk, and a head file may lag behind.
  func keepHead() {
    guard let head = chain.head else { return }
    try? File.replace(folder.head, with: Array(head.line.utf8), synced: false)
  }
}
