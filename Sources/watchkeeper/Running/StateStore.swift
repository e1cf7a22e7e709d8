import Posix
import WatchCore
import WatchEngine
import WatchJournal
import WatchProbes

/// One state folder, opened for a watch: journal, sightings, and what was known when it was opened.
struct StateStore: Sendable {
  let folder: StateFolder
  let journal: Journal
  let observations: ObservationStore
  let picture: Picture
  let epoch: Int
  /// When a watch of this folder last looked.
  let lastSeen: Timestamp?
  let notes: [String]
  /// What was last stored of each path.
  let earlier: [PathStatus]
  /// Entries by others, from here on.
  let news: AsyncStream<[Entry]>

  static func open(
    _ folder: StateFolder, clock: JournalClock, demo: Bool
  ) async throws(JournalError) -> StateStore {
    let journal = try Journal(folder: folder, clock: clock, demo: demo)
    let news = await journal.follow()
    let picture = Picture(try await journal.load())
    let observations = ObservationStore(folder: folder)
    let stored = observations.read()
    return StateStore(
      folder: folder, journal: journal, observations: observations, picture: picture,
      epoch: picture.epoch &+ 1,
      lastSeen: [stored.map(\.at), picture.lastWatch == nil ? nil : picture.head?.at]
        .compactMap { $0 }.max(),
      notes: [stored?.note].compactMap { $0 }, earlier: stored?.paths ?? [], news: news)
  }

  /// The watch's ports onto this folder.
  func ports(
    clock: ProgramClock, epoch: Int?,
    gap: @escaping @Sendable (GapProbe.Question, Timestamp) async -> GapProbe.Answer
  ) -> WatchPorts {
    let (journal, observations) = (journal, observations)
    return WatchPorts(
      clock: { clock.reading }, sleep: { await ProgramClock.sleep($0) },
      append: { events in
        do throws(JournalError) {
          let appended = try await journal.appendSeeing(events, epoch: epoch)
          return .written(appended.before + appended.entries)
        } catch {
          return .failed("\(error)")
        }
      },
      verify: { await StateStore.chain(journal, at: clock.now()) },
      keep: { paths, at in
        _ = await PosixThread.run(named: "sightings") {
          Result { () throws(JournalError) in try observations.write(paths, at: at) }
        }
      },
      gap: gap)
  }

  private static func chain(_ journal: Journal, at now: Timestamp) async -> ChainLife {
    do throws(JournalError) {
      let verification = try await journal.verify()
      return verification.isSound
        ? .ok(entries: verification.entries, at: now) : .broken(verification.result)
    } catch {
      return .broken("\(error)")
    }
  }
}
