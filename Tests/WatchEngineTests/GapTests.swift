import Testing
import WatchCore
import WatchEngine
import WatchProbes

/// When the records of a silent time are asked about.
@Suite struct GapTests {
  /// A trail that was stopped and runs again; its gap has been asked about once.
  private func recovered() -> Rig {
    var rig = Rig()
    rig.saw([.history(activity: [rig.wall - .minutes(6)], at: rig.wall)])
    rig.saw([.trail(delivered: rig.wall, digest: Rig.start, group: rig.wall)])
    rig.saw([.s3(rig.wall)])
    rig.pass(.minutes(2))
    rig.saw([.trail(started: rig.wall - .seconds(5), digest: Rig.start, group: rig.wall)])
    rig.saw([.s3(rig.wall)])
    rig.saw([.history([.stop(at: rig.wall - .seconds(40))], at: rig.wall)])
    rig.pass(.minutes(1))
    rig.saw([.trail(started: rig.wall - .seconds(65), digest: Rig.start, group: rig.wall)])
    rig.saw([.s3(rig.wall)])
    return rig
  }

  @Test func aGapIsAskedAboutOnceItHasEnded() {
    #expect(recovered().asked.map(\.0) == [AlertID(1)])
  }

  @Test func anAccountWaitsForTheJournalAndIsWrittenOnce() throws {
    var rig = recovered()
    let question = try #require(rig.asked.first?.1)
    let account = GapAccount(from: question.from, to: question.to, recovered: 3)
    let before = rig.entries.count
    rig.saves = false
    rig.answerGap(AlertID(1), account)
    rig.tick()
    #expect(rig.story(after: before) == [] && rig.alert(1)?.gap != account)
    rig.saves = true
    rig.tick()
    #expect(rig.story(after: before).filter { $0 == "gap A-0001" }.count == 1)
    #expect(rig.alert(1)?.gap == account)
    rig.answerGap(AlertID(1), account)
    rig.pass(.minutes(2))
    #expect(rig.story(after: before).filter { $0 == "gap A-0001" }.count == 1)
  }

  @Test func whatCouldNotBeReadIsAskedAgainLaterAndNotAtOnce() {
    var rig = recovered()
    let blind = GapProbe.Answer.blind(Blindness(kind: .missing, detail: "account prod is gone"))
    rig.perform(rig.engine.handle(.gap(AlertID(1), blind), at: rig.reading))
    rig.tick()
    rig.pass(.minutes(4))
    #expect(rig.asked.count == 1, "no storm of questions")
    rig.pass(.minutes(2))
    #expect(rig.asked.count == 2)
  }
}
