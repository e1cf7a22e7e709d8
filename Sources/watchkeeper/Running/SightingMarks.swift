import Posix
import WatchJournal

/// When the files of a watch's sightings were last written: what has changed is read again.
struct SightingMarks: Hashable, Sendable {
  /// Nanoseconds since 1970, as the file system has it; nil: the file is not there.
  var paths: Int64?
  var details: Int64?

  init(_ folder: StateFolder) {
    paths = (try? FileFacts(path: folder.observations))?.modifiedNanos
    details = (try? FileFacts(path: folder.details))?.modifiedNanos
  }
}
