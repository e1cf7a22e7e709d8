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
  /// What learned expectations rest on.
  let gaps: [PathID: GapHistory]
  /// Entries by others, from here on.
  let news: AsyncStream<[Entry]>
  let keeping = Keeping()

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
      lastSeen: lastSeen(picture, stored, WatchBeat.read(folder)),
      notes: [stored?.note].compactMap { $0 }, earlier: stored?.paths ?? [],
      gaps: GapStore(folder: folder).read(), news: news)
  }

  /// By the traces that a watch itself leaves: its heartbeat, its sightings, its first and last
  /// entries. What an operator wrote while nobody watched is no look.
  private static func lastSeen(
    _ picture: Picture, _ stored: ObservationStore.Stored?, _ beat: WatchBeat?
  ) -> Timestamp? {
    guard picture.lastWatch != nil else { return stored?.at }
    let marks = picture.recent.reversed().first { entry in
      if case .watch = entry.event { true } else { false }
    }
    // Versions that had no heartbeat left nothing better than their newest entry.
    let last = beat == nil ? picture.head : marks
    return [stored?.at, beat?.at, last?.at].compactMap { $0 }.max()
  }

  /// The watch's ports onto this folder.
  func ports(
    clock: ProgramClock, epoch: Int?,
    gap: @escaping @Sendable (GapProbe.Question, Timestamp) async -> GapProbe.Answer
  ) -> WatchPorts {
    let (journal, observations, store) = (journal, observations, self)
    let gaps = GapStore(folder: folder)
    var ports = WatchPorts(
      clock: { clock.reading }, sleep: { await ProgramClock.sleep($0) },
      append: { events in
        do throws(JournalError) {
          let appended = try await journal.appendSeeing(events, epoch: epoch)
          return .written(appended.before + appended.entries)
        } catch {
          if case .olderEpoch = error { return .superseded("\(error)") }
          return .failed("\(error)")
        }
      },
      verify: { await store.chain(at: clock.now()) },
      keep: { paths, at in
        store.keeping.take(
          await PosixThread.run(named: "sightings") {
            Result { () throws(JournalError) in try observations.write(paths, at: at) }
          })
      },
      gap: gap)
    ports.keepDetails = { details in
      _ = await PosixThread.run(named: "sightings") {
        Result { () throws(JournalError) in try details.write(to: store.folder) }
      }
    }
    ports.keepGaps = { histories in
      _ = await PosixThread.run(named: "gaps") {
        Result { () throws(JournalError) in try gaps.write(histories) }
      }
    }
    return ports
  }

  /// Checks the whole journal.
  func chain(at now: Timestamp) async -> ChainLife {
    do throws(JournalError) {
      let verification = try await journal.verify()
      return verification.isSound
        ? .ok(entries: verification.entries, at: now) : .broken(verification.result)
    } catch {
      return .broken("\(error)")
    }
  }
}
