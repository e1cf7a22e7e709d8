import Foundation
import Posix
import Testing
import WatchCore
import WatchJournal

struct JournalLockTests {
  @Test func oneWatchPerFolder() throws {
    let folder = try TestFolder()
    #expect(!JournalLock.isHeld(folder.state))
    let us = JournalLock.Holder(pid: 4711, host: "bridge")
    var lock: JournalLock?
    if case .taken(let ours) = try JournalLock.take(folder.state, as: us) { lock = ours }
    #expect(lock != nil)
    #expect(JournalLock.isHeld(folder.state))
    guard
      case .held(let holder) = try JournalLock.take(
        folder.state, as: JournalLock.Holder(pid: 1, host: "x"))
    else {
      Issue.record("taken twice")
      return
    }
    #expect(holder == us)
    #expect(holder?.text == "process 4711 on bridge")
    lock = nil
    #expect(!JournalLock.isHeld(folder.state))
    guard case .taken = try JournalLock.take(folder.state, as: us) else {
      Issue.record("not given back")
      return
    }
  }
}

struct ObservationStoreTests {
  private func path(_ region: String, changes: Int = 1) -> PathStatus {
    let time = Timestamp(seconds: 1_800_000_000)
    return PathStatus(
      id: PathID(
        source: SourceID(cloud: .aws, account: "prod", name: "org/trail"), kind: .s3,
        region: region, member: "111122223333"),
      state: .okQuiet, since: time, newest: time, looked: time, proven: nil,
      expectation: .minutes(15, 15), required: false, reason: "a\n\u{1B}b", name: "use1",
      history: (0..<changes).map { StateChange(at: time + .seconds($0), state: .notSetUp) })
  }

  @Test func whatIsWrittenComesBack() throws {
    let folder = try TestFolder()
    let store = ObservationStore(folder: folder.state)
    #expect(store.read() == nil)
    let paths = [path("us-east-1"), path("eu-west-1", changes: 3)]
    let now = Timestamp(seconds: 1_800_000_100)
    try store.write(paths, at: now)
    #expect(store.read() == ObservationStore.Stored(at: now, paths: paths))
    try store.write([], at: now)
    #expect(store.read()?.paths == [])
  }

  @Test func aStripIsBounded() throws {
    let folder = try TestFolder()
    let store = ObservationStore(folder: folder.state)
    try store.write([path("us-east-1", changes: 2000)], at: Timestamp(millis: 0))
    #expect(store.read()?.paths.first?.history.count == 500)
  }

  @Test(arguments: [
    "", "{", "[]", #"{"at":"x","paths":[]}"#, "\u{0}\u{0}", #"{"at":"2026-11-20T03:00:00Z"}"#,
  ])
  func whatIsBrokenIsEmptyWithANote(_ text: String) throws {
    let folder = try TestFolder()
    let store = ObservationStore(folder: folder.state)
    try Directory.create(folder.state.observationFolder)
    try File.replace(folder.state.observations, with: Array(text.utf8))
    #expect(store.read()?.paths == [])
    #expect(store.read()?.note?.contains("strips begin anew") == true)
  }

  @Test func oneBrokenSightingCostsOnlyItself() throws {
    let folder = try TestFolder()
    let store = ObservationStore(folder: folder.state)
    try store.write([path("us-east-1"), path("eu-west-1")], at: Timestamp(millis: 0))
    let text = String(
      decoding: try File.readAll(folder.state.observations, limit: 100_000), as: UTF8.self)
    try File.replace(
      folder.state.observations,
      with: Array(text.replacingOccurrences(of: "s3 us-east-1", with: "s4 us-east-1").utf8))
    #expect(store.read()?.paths.map(\.id.region) == ["eu-west-1"])
    #expect(store.read()?.note == "1 stored sightings could not be read")
  }
}
