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
    let isHeard = try write(&reader, &picture)
    let isSound = verified()
    guard isHeard else { return 128 + SIGPIPE }
    guard follows else { return isSound ? 0 : 1 }
    // A break that was there before keeps nobody from what follows: who was ended by it can begin anew.
    if let finding = try follow(&reader, &picture) {
      Printer.error(finding)
      return 1
    }
    return isSound ? 128 + SIGPIPE : 1
  }

  /// Whether what is there holds; says why not. What could not be read through is not sound.
  private func verified() -> Bool {
    guard FileManager.default.fileExists(atPath: folder.journal) else {
      Printer.error("there is no journal at \(folder.journal) yet: waiting for one")
      return true
    }
    do throws(JournalError) {
      let verification = try JournalVerifier.verify(folder)
      if !verification.isSound { Printer.error(verification.result) }
      return verification.isSound
    } catch {
      Printer.error("the journal could not be verified: \(error)")
      return false
    }
  }

  /// Until nobody reads, or until the journal does not hold: then what was found. Each entry is checked
  /// against the one before as it comes.
  private func follow(_ reader: inout JournalFile, _ picture: inout Picture) throws -> String? {
    let known = reader.breaks
    var files = try? FileWatch(directory: folder.journalFolder)
    while true {
      // Looked at once in a while all the same: the folder may come later, or be another machine's.
      var watched = [files?.descriptor].compactMap { $0 }
      if StandardOutput.canBreak { watched.append(STDOUT_FILENO) }
      let outcome = Poller.wait(watched, timeoutMillis: 2000)
      if case .ready(let ready) = outcome, ready.hungUp.contains(STDOUT_FILENO) { return nil }
      _ = files?.changes()
      files = files ?? (try? FileWatch(directory: folder.journalFolder))
      do {
        guard try write(&reader, &picture) else { return nil }
      } catch let error as JournalError {
        guard case .replaced = error else { throw error }
        return error.description
      }
      if reader.breaks > known, let bad = try reader.newestBreak() { return bad.finding }
    }
  }

  /// False when nobody reads any more.
  private func write(_ reader: inout JournalFile, _ picture: inout Picture) throws -> Bool {
    for entry in try reader.news() {
      picture.apply(entry)
      guard entry.seq > after, since.map({ entry.at >= $0 }) ?? true else { continue }
      let line = JournalRecord.json(entry, in: picture).line + "\n"
      guard let failure = Printer.failure(writing: line, to: STDOUT_FILENO) else { continue }
      guard failure.code == EPIPE else {
        throw ProgramError(
          "standard output took entry \(entry.seq) in part or not at all: \(failure.reason)",
          status: 74)
      }
      return false
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
