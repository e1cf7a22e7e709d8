import Foundation
import Glibc
import Posix
import WatchCore
import WatchEngine
import WatchJournal

/// `watchkeeper journal export --format jsonl`: every entry as one JSON line on standard output, with
/// its alert, for a log collector or SIEM. From a number or a time on, and on and on with `--follow`.
struct JournalLinesCommand {
  private let folder: StateFolder
  private let after: Int
  private let since: Timestamp?
  private let follows: Bool

  init(_ folder: StateFolder, _ arguments: Arguments) throws(UsageError) {
    self.folder = folder
    guard arguments.value("--format") == "jsonl" else {
      throw .badValue("--format", arguments.value("--format") ?? "", "jsonl is wanted")
    }
    for other in ["--output", "--json"] where arguments.has(other) {
      throw .missing("--format jsonl goes to standard output, and \(other) does not go with it")
    }
    let number = arguments.value("--after")
    guard let after = number.map({ Int($0) }) ?? 0, after >= 0 else {
      throw .badValue("--after", number ?? "", "the number of an entry is wanted")
    }
    self.after = after
    since = try arguments.value("--since").map { text throws(UsageError) in
      guard let time = Timestamp(iso: text) else {
        throw .badValue("--since", text, "a time as 2026-11-20T03:00:00Z is wanted")
      }
      return time
    }
    follows = arguments.has("--follow")
  }

  /// Ends with 0; with 1 where the journal's chain is broken; with 128 + SIGPIPE when nobody reads.
  func run() throws -> Int32 {
    guard follows || FileManager.default.fileExists(atPath: folder.journal) else {
      throw ProgramError("there is no journal at \(folder.journal)", status: 66)
    }
    var reader = JournalFile(folder: folder, clock: .system)
    var picture = Picture()
    var isHeard = try write(&reader, &picture)
    let verification = try? JournalVerifier.verify(folder)
    let isSound = verification?.isSound ?? true
    if !isSound, let verification { Printer.error(verification.result) }
    guard follows else { return isHeard ? (isSound ? 0 : 1) : 128 + SIGPIPE }
    var files = try? FileWatch(directory: folder.journalFolder)
    while isHeard {
      // Looked at once in a while all the same: the folder may come later, or be another machine's.
      var watched = [files?.descriptor].compactMap { $0 }
      if StandardOutput.canBreak { watched.append(STDOUT_FILENO) }
      let outcome = Poller.wait(watched, timeoutMillis: 2000)
      if case .ready(let ready) = outcome, ready.hungUp.contains(STDOUT_FILENO) { break }
      _ = files?.changes()
      files = files ?? (try? FileWatch(directory: folder.journalFolder))
      isHeard = try write(&reader, &picture)
    }
    return 128 + SIGPIPE
  }

  /// False when nobody reads any more.
  private func write(_ reader: inout JournalFile, _ picture: inout Picture) throws -> Bool {
    for entry in try reader.news() {
      picture.apply(entry)
      guard entry.seq > after, since.map({ entry.at >= $0 }) ?? true else { continue }
      guard Printer.isTaken(JournalRecord.json(entry, in: picture).line + "\n") else {
        return false
      }
    }
    return true
  }
}

/// Standard output as whoever reads it goes away.
enum StandardOutput {
  /// Whether poll(2) tells when nobody reads any more: of a pipe or socket. A terminal or a file has
  /// something else to say to it.
  static var canBreak: Bool {
    var status = stat()
    guard fstat(STDOUT_FILENO, &status) == 0 else { return false }
    return [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }
}
