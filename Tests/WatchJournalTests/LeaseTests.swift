import Posix
import Testing
import WatchCore
import WatchJournal

/// Who holds a folder, who may take it over, and what others ask of it.
struct LeaseTests {
  private let us = JournalLock.Holder(pid: 4711, host: "bridge", role: .console)
  private let them = JournalLock.Holder(pid: 4712, host: "bridge")

  private func taken(_ outcome: JournalLock.Outcome) -> JournalLock? {
    if case .taken(let lock) = outcome { lock } else { nil }
  }

  @Test func aHolderThatStandsStillLosesItsLeaseAndSeesIt() throws {
    let folder = try TestFolder()
    let old = try #require(taken(JournalLock.take(folder.state, as: us)))
    #expect(old.isOurs && JournalLock.holder(folder.state) == us)
    let seen = LeaseView.Look.now(folder.state)
    let new = try #require(taken(JournalLock.takeOver(folder.state, from: seen, as: them)))
    #expect(!old.isOurs && new.isOurs)
    #expect(JournalLock.holder(folder.state) == them)
    #expect(JournalLock.isHeld(folder.state))
    #expect(taken(try JournalLock.take(folder.state, as: us)) == nil)
    // The end of the old holder gives nothing away.
    old.release()
    #expect(JournalLock.isHeld(folder.state))
    new.release()
    #expect(taken(try JournalLock.take(folder.state, as: us)) != nil)
    #expect(try Directory.names(in: folder.state.path).filter { $0.contains(".new") } == [])
  }

  @Test func ofTwoWhoJudgedTheSameHolderOneTakesOver() throws {
    let folder = try TestFolder()
    let old = try #require(taken(JournalLock.take(folder.state, as: us)))
    let seen = LeaseView.Look.now(folder.state)
    let third = JournalLock.Holder(pid: 4713, host: "bridge")
    let new = try #require(taken(JournalLock.takeOver(folder.state, from: seen, as: them)))
    #expect(taken(try JournalLock.takeOver(folder.state, from: seen, as: third)) == nil)
    #expect(new.isOurs && !old.isOurs && JournalLock.holder(folder.state) == them)
  }

  @Test func aHolderThatMovesAfterAllKeepsItsLease() throws {
    let folder = try TestFolder()
    let old = try #require(taken(JournalLock.take(folder.state, as: us)))
    var seen = LeaseView.Look.now(folder.state)
    try WatchBeat.beat(folder.state, pid: us.pid, host: us.host, epoch: 1)
    #expect(taken(try JournalLock.takeOver(folder.state, from: seen, as: them)) == nil)
    // On a full disk it can write no beat, and beats on the lock file.
    seen = LeaseView.Look.now(folder.state)
    // A file's time moves in steps of the system's own.
    let deadline = ContinuousClock.now + .seconds(10)
    repeat {
      old.touch()
    } while LeaseView.Look.now(folder.state) == seen && ContinuousClock.now < deadline
    #expect(taken(try JournalLock.takeOver(folder.state, from: seen, as: them)) == nil)
    #expect(old.isOurs)
  }

  @Test func oldEntriesAreRefusedAfterATakeOver() throws {
    let folder = try TestFolder()
    var old = folder.file()
    _ = try old.append([.start(1)], epoch: 1)
    var new = folder.file()
    _ = try new.append([.start(2)], epoch: 2)
    #expect(throws: JournalError.olderEpoch(ours: 1, newest: 2)) {
      try old.append([.note("late")], epoch: 1)
    }
  }

  @Test func asksThatComeTogetherDoNotTakeEachOtherForTheHolder() throws {
    let folder = try TestFolder()
    _ = try #require(taken(JournalLock.take(folder.state, as: us)))
    let asker = try File.openForReading(folder.state.lock)
    #expect(try !asker.isLockedElsewhere())
    #expect(!JournalLock.isHeld(folder.state))
  }

  @Test func aBeatIsItsHoldersAndMoves() throws {
    let folder = try TestFolder()
    #expect(WatchBeat.read(folder.state) == nil)
    try WatchBeat.beat(folder.state, pid: 7, host: "bridge", epoch: 3)
    let first = try #require(WatchBeat.read(folder.state))
    #expect(first.pid == 7 && first.host == "bridge" && first.epoch == 3)
    try WatchBeat.beat(folder.state, pid: 7, host: "bridge", epoch: 3)
    #expect(try #require(WatchBeat.read(folder.state)).mark >= first.mark)
    try File.replace(folder.state.beat, with: Array("{\"pid\":\u{1}".utf8))
    #expect(WatchBeat.read(folder.state) == nil)
    try WatchBeat.beat(folder.state, pid: 8, host: "bridge", epoch: 4)
    #expect(WatchBeat.read(folder.state)?.epoch == 4)
  }

  /// Letters: `b` a beat, `.` none; `-` nobody holds the lease; `c` a holder that has not beaten, `t` one
  /// that beats on the lock file alone; a number before a letter: so often.
  @Test(arguments: [
    ("b", "alive 0"), ("bb.b", "alive 0"), ("b..", "alive 2"), ("b.........", "alive 9"),
    ("b..........", "still 10"), ("b...........b", "alive 0"), ("b-", "gone 1"), ("b---", "gone 3"),
    ("b--b", "alive 0"), ("16c", "alive 15"), ("-", "gone 1"), ("31c", "still 30"),
    ("120c", "still 119"), ("121c", "lost 120"), ("30cb", "alive 0"), ("119c-c", "alive 0"),
    ("200t", "alive 0"), ("b60.", "lost 60"), ("b59.", "still 59"), ("b60.b", "alive 0"),
  ]) func whatIsSaidOfAHolder(_ looks: String, _ said: String) {
    var view = LeaseView()
    var mark: Int64 = 0
    var finding = LeaseView.Finding.alive(looks: 0)
    var touched: Int64 = 0
    for look in Self.spelt(looks) {
      if look == "b" { mark += 1 }
      if look == "t" { touched += 1 }
      let pid = look == "c" || look == "t" ? 1 : 4712
      finding = view.take(
        LeaseView.Look(
          isHeld: look != "-", holder: them,
          beat: WatchBeat(
            pid: pid, host: "bridge", epoch: 1, at: Timestamp(millis: 0), mark: mark),
          touched: touched))
    }
    let text =
      switch finding {
      case .alive(let looks): "alive \(looks)"
      case .still(let looks): "still \(looks)"
      case .lost(let looks): "lost \(looks)"
      case .gone(let looks): "gone \(looks)"
      }
    #expect(text == said)
  }

  /// The same letters; `w` beats on both, as a watch does that cannot write its journal.
  @Test(arguments: [
    ("bbb", true), ("c", true), ("9c", true), ("ct", false), ("bw", false), ("ww", false),
    ("w", true),
    ("bwbwb", false), ("bw9b", false), ("bw10b", true), ("ct-t", true), ("ct-tt", false),
  ]) func whoBeatsOnTheLockFileCannotWrite(_ looks: String, _ canWrite: Bool) {
    var view = LeaseView()
    var (mark, touched): (Int64, Int64) = (0, 0)
    for look in Self.spelt(looks) {
      if look == "b" || look == "w" { mark += 1 }
      if look == "t" || look == "w" { touched += 1 }
      _ = view.take(
        LeaseView.Look(
          isHeld: look != "-", holder: them,
          beat: WatchBeat(
            pid: 4712, host: "bridge", epoch: 1, at: Timestamp(millis: 0), mark: mark),
          touched: touched))
    }
    #expect(view.canWrite == canWrite)
  }

  private static func spelt(_ looks: String) -> [Character] {
    var (letters, count): ([Character], Int) = ([], 0)
    for look in looks {
      if let digit = look.wholeNumberValue {
        count = count * 10 + digit
      } else {
        letters += Array(repeating: look, count: max(1, count))
        count = 0
      }
    }
    return letters
  }

  @Test func requestsAreTakenOnce() throws {
    let folder = try TestFolder()
    let requests = RequestFolder(folder.state)
    #expect(requests.take().requests == [])
    let use1 = SourceID(cloud: .aws, account: "prod", name: "use1")
    try requests.leave(.probe(use1), name: "a")
    try requests.leave(.probe(nil), name: "b")
    try requests.leave(.lease(pid: 7, host: "bridge\n"), name: "c")
    #expect(
      requests.take().requests == [.probe(use1), .probe(nil), .lease(pid: 7, host: "bridge\n")])
    #expect(requests.take().requests == [])
  }

  @Test(arguments: [
    "", "{", "[]", #"{"ask":"format"}"#, #"{"ask":"probe","source":"../../etc"}"#,
    #"{"ask":"lease","pid":"x"}"#, String(repeating: "[", count: 5000),
  ]) func whatIsNoRequestIsToldOfAndGoes(_ text: String) throws {
    let folder = try TestFolder()
    let requests = RequestFolder(folder.state)
    try Directory.create(requests.path)
    try File.replace("\(requests.path)/x\u{1B}.json", with: Array(text.utf8))
    try File.replace("\(requests.path)/unfinished.json.new-1", with: [])
    let taken = requests.take()
    #expect(taken.requests == [] && taken.problems.count == 1)
    #expect(taken.problems.allSatisfy { !$0.contains("\u{1B}") })
    #expect(try Directory.names(in: requests.path) == ["unfinished.json.new-1"])
  }

  @Test func whatIsWrittenDependsOnWhatOthersWroteUntilThen() async throws {
    let folder = try TestFolder()
    let journal = try Journal(folder: folder.state, clock: folder.clock)
    _ = try await journal.load()
    var other = folder.file()
    _ = try other.append([.note("theirs")], epoch: nil)
    let appended = try await journal.appendSeeing(epoch: nil) { before in
      before.isEmpty ? [.note("first")] : []
    }
    #expect(appended.before.count == 1 && appended.entries == [])
    #expect(try folder.lines().count == 1, "no events: nothing is written")
  }
}
