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

struct SeenDetailsTests {
  private let use1 = SourceID(cloud: .aws, account: "prod", name: "use1")
  private let time = Timestamp(seconds: 1_800_000_000)

  private var details: SeenDetails {
    let (bucket, key) = (PipelineNode.ID(.bucket, "logs"), PipelineNode.ID(.key, "arn:aws:kms"))
    let verdicts: [PostureCheck.Verdict] = [
      .holds, .fails, .info, .none, .unknown(Blindness(kind: .denied, detail: "no")),
    ]
    let posture = PostureSighting(
      checks: verdicts.map {
        PostureCheck(rule: "bucket.tls-only", subject: "logs", verdict: $0, seen: "a\nb", raw: "{}")
      },
      pipeline: Pipeline(
        nodes: [
          PipelineNode(id: bucket, label: "logs", state: .broken("gone")),
          PipelineNode(id: key, label: "key", state: .unknown("denied")),
        ],
        edges: [PipelineEdge(from: bucket, to: key, verb: "is encrypted with", proven: time)]))
    let echo = EchoSighting(legs: [
      EchoLeg(
        kind: .s3, sent: time, returned: time, record: "x", p50: .seconds(90),
        blind: Blindness(kind: .timedOut, detail: "late"))
    ])
    let setting = PipelineSetting(
      kind: .sink, id: "s", name: "s", facts: [.init("on", .on(true)), .init("to", .place(nil))])
    return SeenDetails(
      postures: [use1: posture],
      echoes: [PathID(source: use1, kind: .echo, region: "us-east-1"): echo],
      settings: [
        PathID(source: use1, kind: .setting, region: "dev"): SettingsSighting(
          settings: [setting], raw: "raw")
      ])
  }

  @Test func whatIsWrittenComesBack() throws {
    let folder = try TestFolder()
    #expect(SeenDetails.read(folder.state) == SeenDetails())
    try details.write(to: folder.state)
    #expect(SeenDetails.read(folder.state) == details)
  }

  @Test(arguments: ["", "{", "[1]", #"{"postures":{"x":1,"aws/prod/use1":{"checks":[{}]}}}"#])
  func whatIsBrokenIsLeftOut(_ text: String) throws {
    let folder = try TestFolder()
    try Directory.create(folder.state.observationFolder)
    try File.replace(folder.state.details, with: Array(text.utf8))
    let read = SeenDetails.read(folder.state)
    #expect(read.echoes.isEmpty && read.postures.values.allSatisfy { $0.checks.isEmpty })
  }

  @Test func aVerdictThatIsNotKnownIsNoPass() throws {
    let folder = try TestFolder()
    try details.write(to: folder.state)
    let text = String(
      decoding: try File.readAll(folder.state.details, limit: 100_000), as: UTF8.self)
    try File.replace(
      folder.state.details,
      with: Array(text.replacingOccurrences(of: #""holds""#, with: #""fine""#).utf8))
    let checks = try #require(SeenDetails.read(folder.state).postures[use1]?.checks)
    #expect(checks.count == 5 && !checks.contains { $0.verdict == .holds })
  }
}
