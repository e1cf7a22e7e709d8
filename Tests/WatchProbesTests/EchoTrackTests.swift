import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct EchoTrackTests {
  private func leg(
    _ track: EchoTrack, _ kind: PathKind = .s3, at now: Timestamp, blind: Blindness? = nil,
    proves: Bool = true
  ) -> EchoLeg {
    track.leg(kind, limit: .minutes(30), blind: blind, proves: proves, at: now)
  }

  @Test func `a call is owed after its limit, and a newer one settles it`() {
    var track = EchoTrack()
    for number in 0..<7 {
      track.send("n\(number)", at: three + .minutes(5 * number), kinds: [.s3, .group])
    }
    #expect(leg(track, at: three + .minutes(30)).owed == nil)
    #expect(leg(track, at: three + .minutes(30)).waiting == three)
    #expect(leg(track, at: three + .minutes(31)).owed == three)
    track.take(
      [.init(nonce: "n4", arrived: three + .minutes(31), record: "key")], at: .s3)
    let back = leg(track, at: three + .minutes(31))
    #expect(back.returned == three + .minutes(20))
    #expect(back.arrived == three + .minutes(31))
    #expect(back.record == "key")
    #expect(back.owed == nil)
    #expect(back.waiting == three + .minutes(25))
    #expect(track.outstanding(.s3).map(\.nonce) == ["n5", "n6"])
    #expect(leg(track, .group, at: three + .minutes(31)).owed == three, "the other end still owes")
    track.take([.init(nonce: "n1", arrived: three + .minutes(32))], at: .s3)
    #expect(leg(track, at: three + .minutes(32)).returned == three + .minutes(20))
    track.take([.init(nonce: "forged", arrived: three + .minutes(32))], at: .group)
    #expect(leg(track, .group, at: three + .minutes(32)).returned == nil)
  }

  @Test func `nothing is missing that was never known to be recorded, or not searched`() {
    var track = EchoTrack()
    track.send("n", at: three, kinds: [.s3])
    let late = three + .hours(3)
    #expect(leg(track, at: late).owed == three)
    #expect(leg(track, at: late, proves: false).owed == nil)
    let why = Blindness(kind: .denied, detail: "GetObject")
    #expect(leg(track, at: late, blind: why).owed == nil)
    #expect(EchoTrack().leg(.s3, limit: .zero, blind: nil, proves: true, at: late).owed == nil)
    track.take([.init(nonce: "n", arrived: three + .minutes(1))], at: .s3)
    track.send("m", at: three + .minutes(5), kinds: [.s3])
    #expect(leg(track, at: late, proves: false).owed == three + .minutes(5), "one came back before")
  }

  @Test func `what is remembered is bounded, what is owed is not forgotten`() {
    var track = EchoTrack()
    for number in 0..<500 {
      track.send("n\(number)", at: three + .minutes(5 * number), kinds: [.s3])
    }
    #expect(track.sent.count == EchoTrack.limit)
    #expect(leg(track, at: three + .hours(50)).owed == three)
    track.take([.init(nonce: "n499", arrived: three + .hours(50))], at: .s3)
    #expect(leg(track, at: three + .hours(50)).waiting == nil)
  }

  @Test func `delays as percentiles of a day`() {
    var track = EchoTrack()
    for number in 1...20 {
      let sent = three + .minutes(number)
      track.send("n\(number)", at: sent, kinds: [.s3])
      track.take([.init(nonce: "n\(number)", arrived: sent + .seconds(number * 10))], at: .s3)
    }
    #expect(leg(track, at: three + .hours(1)).p50 == .seconds(100))
    #expect(leg(track, at: three + .hours(1)).p95 == .seconds(190))
    #expect(leg(track, at: three + .hours(30)).p50 == nil)
    #expect(EchoTrack.percentile(50, []) == nil)
    #expect(EchoTrack.percentile(95, [.seconds(1)]) == .seconds(1))
  }
}

struct EchoNonceTests {
  @Test func `no two are alike, and none can be guessed from another`() {
    let nonces = (0..<100).map { _ in EchoNonce.make() }
    #expect(Set(nonces).count == 100)
    #expect(nonces.allSatisfy { $0.utf8.count == EchoNonce.length && $0.hasPrefix("wkecho") })
    #expect(Set(nonces.map { $0.dropFirst(6).prefix(4) }).count > 90)
  }

  @Test func `finds them among any bytes, at every place`() {
    let nonces = [EchoNonce.make(), EchoNonce.make()]
    let wanted = Set(nonces)
    let junk: [UInt8] = [0, 255, 0x1b, 119, 107, 119, 107]
    for text in [nonces[0], "x" + nonces[0], "wk" + nonces[0], "wkechowkecho" + nonces[0] + "w"] {
      #expect(EchoNonce.find(wanted, in: junk + Array(text.utf8)) == [nonces[0]])
    }
    #expect(EchoNonce.find(wanted, in: Array((nonces[1] + nonces[0]).utf8)) == wanted)
    #expect(EchoNonce.find(wanted, in: Array(nonces[0].utf8.dropLast())).isEmpty)
    #expect(EchoNonce.find(wanted, in: Array(EchoNonce.make().utf8)).isEmpty)
    #expect(EchoNonce.find(wanted, in: []).isEmpty)
    #expect(EchoNonce.find([], in: Array(nonces[0].utf8)).isEmpty)
  }
}

struct EchoCoverageTests {
  private func coverage(_ text: String) async throws -> EchoCoverage {
    let cloud = CannedCloud(["GetEventSelectors": { _ in .json(text) }])
    return EchoCoverage(
      try await cloud.client().eventSelectors(arnOrName: "t", region: "us-east-1"))
  }

  private static func advanced(_ fields: String) -> String {
    #"{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","#
      + #""Equals":["Management"]}\#(fields)]}]}"#
  }

  @Test(arguments: [
    #"{"EventSelectors":[]}"#, #"{"EventSelectors":[{"ReadWriteType":"ReadOnly"}]}"#,
    #"{"EventSelectors":[{"ExcludeManagementEventSources":["kms.amazonaws.com"]}]}"#,
    advanced(""), advanced(#",{"Field":"readOnly","Equals":["true"]}"#),
    advanced(#",{"Field":"eventSource","NotEquals":["kms.amazonaws.com"]}"#),
  ])
  func `these record our reads`(_ selectors: String) async throws {
    #expect(try await coverage(selectors) == .recorded)
  }

  @Test(arguments: [
    #"{"EventSelectors":[{"ReadWriteType":"WriteOnly"}]}"#,
    #"{"EventSelectors":[{"IncludeManagementEvents":false}]}"#,
    #"{"EventSelectors":[{"ExcludeManagementEventSources":["cloudtrail.amazonaws.com"]}]}"#,
    advanced(#",{"Field":"readOnly","Equals":["false"]}"#),
    advanced(#",{"Field":"eventSource","NotStartsWith":["cloudtrail."]}"#),
    advanced(#",{"Field":"eventName","Equals":["StopLogging"]}"#),
    #"{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]}]}]}"#,
  ])
  func `these do not, and say why`(_ selectors: String) async throws {
    guard case .passedOver(let why) = try await coverage(selectors) else {
      Issue.record("\(selectors)")
      return
    }
    #expect(why.hasPrefix("the trail"))
  }

  @Test func `what only the event tells is not known beforehand`() async throws {
    let selectors = Self.advanced(#",{"Field":"userIdentity.arn","NotEquals":["x"]}"#)
    #expect(try await coverage(selectors) == .unknown)
    #expect(EchoCoverage(nil) == .unknown)
  }
}
