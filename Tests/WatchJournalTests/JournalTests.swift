import Glibc
import Posix
import Testing
import WatchCore
import WatchJournal

struct JournalTests {
  @Test func appendsLoadsAndFollows() async throws {
    let folder = try TestFolder()
    try folder.fill(2)
    let journal = try Journal(folder: folder.state, clock: folder.clock)
    let stream = await journal.follow()
    #expect(try await journal.load().map(\.seq) == [1, 2])
    var news = stream.makeAsyncIterator()

    let own = try await journal.append([.note("own")], epoch: nil)
    #expect(own.map(\.seq) == [3])
    #expect(await news.next()?.map(\.seq) == [3])

    // Another process appends: the file's change wakes us.
    await PosixThread.run(named: "other") {
      var other = folder.file()
      _ = try? other.append([.note("a"), .note("b")], epoch: nil)
    }
    var seen: [Int] = []
    while seen.count < 2, let more = await news.next() { seen += more.map(\.seq) }
    #expect(seen == [4, 5])
    #expect(await journal.head?.seq == 5)
  }

  @Test func followersGetEveryEntryOnceAndInOrder() async throws {
    let folder = try TestFolder()
    let one = try Journal(folder: folder.state, clock: folder.clock)
    let two = try Journal(folder: folder.state, clock: folder.clock)
    let stream = await one.follow()
    _ = try await one.load()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for journal in [one, two] {
        group.addTask {
          for number in 0..<40 { _ = try await journal.append([.note("\(number)")], epoch: nil) }
        }
      }
      try await group.waitForAll()
    }
    var seen: [Int] = []
    for await entries in stream {
      seen += entries.map(\.seq)
      if seen.count >= 80 { break }
    }
    #expect(seen == Array(1...80))
    #expect(try await one.verify().isSound)
  }

  @Test func loadCanBeRepeated() async throws {
    let folder = try TestFolder()
    let journal = try Journal(folder: folder.state, clock: folder.clock)
    #expect(try await journal.load() == [])
    let written = try await journal.append([.note("x")], epoch: nil)
    #expect(try await journal.load() == written)
    #expect(try await journal.append([.note("y")], epoch: nil).map(\.seq) == [2])
  }

  @Test func aJournalThatCannotBeWrittenIsRead() async throws {
    let folder = try TestFolder()
    try folder.fill(2)
    let full = JournalDisk(
      write: { (file, _) throws(PosixError) in
        throw PosixError(code: ENOSPC, call: "write", path: file.path)
      }, sync: { _ in })
    let journal = try Journal(folder: folder.state, clock: folder.clock, disk: full)
    #expect(try await journal.load().count == 2)
    await #expect(throws: JournalError.noSpace(folder.state.journal)) {
      try await journal.append([.note("x")], epoch: nil)
    }
    #expect(await journal.head?.seq == 2)
  }

  /// The real limit, in a process of its own: the journal's thread takes no SIGXFSZ.
  @Test func theFileSizeLimitIsAnErrorAndNotTheEnd() async throws {
    await #expect(processExitsWith: .exitCode(42)) {
      let folder = try TestFolder()
      let written = try folder.fill(2)
      let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      var limit = rlimit()
      getrlimit(fileSize, &limit)
      let before = limit.rlim_cur
      limit.rlim_cur = rlim_t(try folder.bytes().count + 50)
      setrlimit(fileSize, &limit)
      let journal = try Journal(folder: folder.state, clock: folder.clock)
      do {
        _ = try await journal.append([.note("x")], epoch: nil)
        exit(1)
      } catch {
        guard error as? JournalError == .tooLarge(folder.state.journal) else { exit(2) }
      }
      limit.rlim_cur = before
      setrlimit(fileSize, &limit)
      let entries = try await journal.append([.note("x")], epoch: nil)
      guard entries.map(\.seq) == [4], try await journal.verify().isSound,
        try await journal.load().prefix(2).elementsEqual(written)
      else { exit(3) }
      exit(42)
    }
  }
}
