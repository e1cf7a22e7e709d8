import Testing
import Transfer
import WatchCore

@testable import WatchEngine

/// Each call rings, and each incident that a call opened ends.
struct PagerDutyCallTests {
  /// However often it was called, the newest call is one that pages.
  @Test func pagerDutyCallsAreNeverCounted() {
    var call = AlertNotification.sample(.escalated)
    call.calls = 130
    #expect(PagerDutyChannel.keys(call, .trigger) == ["wk-7f3a-A-0001:130"])
    let closed = PagerDutyChannel.keys(call, .resolve)
    #expect(closed.count == 21 && closed.first == "wk-7f3a-A-0001")
    #expect(closed.last == "wk-7f3a-A-0001:130" && Set(closed).count == 21)
  }

  /// What a later message would not end any more ends with the call that puts it out of reach.
  @Test func pagerDutyKeepsNoIncidentOpen() async throws {
    var open: Set<String> = []
    for calls in 1...60 {
      var call = AlertNotification.sample(.escalated)
      call.calls = calls
      for request in PagerDutyChannel.requests(call, action: .trigger, key: "R0") {
        let event = try JSON(bytes: request.body)
        let key = try #require(event["dedup_key"]?.string)
        if event["event_action"]?.string == "trigger" { open.insert(key) } else { open.remove(key) }
      }
    }
    var closed = AlertNotification.sample(.closed)
    closed.calls = 60
    #expect(open.subtracting(PagerDutyChannel.keys(closed, .resolve)) == [])
    #expect(open.count == 21)
    var call = AlertNotification.sample(.escalated)
    call.calls = 30
    let receiver = FakeReceiver([
      reply(202, #"{"status":"success","dedup_key":"new"}"#),
      reply(202, #"{"status":"success","dedup_key":"old"}"#),
    ])
    #expect(
      await ChannelSender.sample(receiver).send(call, ChannelAnswerTests.pager)
        == .accepted(id: "new"))
    #expect(receiver.requests.count == 2)
  }

  /// Each call after the first is an incident of its own, and all end together.
  @Test func pagerDutyIsCalledAnew() async throws {
    let taken = reply(202, #"{"status":"success","dedup_key":"wk-7f3a-A-0001:3"}"#)
    let receiver = FakeReceiver([taken, taken, reply(500), taken, taken, taken])
    let sender = ChannelSender.sample(receiver)
    var call = AlertNotification.sample(.escalated)
    call.calls = 3
    #expect(
      await sender.send(call, ChannelAnswerTests.pager) == .accepted(id: "wk-7f3a-A-0001:3"))
    let event = try JSON(bytes: receiver.requests[0].body)
    #expect(event["dedup_key"]?.string == "wk-7f3a-A-0001:3")
    #expect(event["payload"]?["custom_details"]?["first_dedup_key"]?.string == "wk-7f3a-A-0001")
    var closed = AlertNotification.sample(.closed)
    closed.calls = 3
    guard case .failed = await sender.send(closed, ChannelAnswerTests.pager) else {
      Issue.record("the second was lost")
      return
    }
    #expect(
      await sender.send(closed, ChannelAnswerTests.pager) == .accepted(id: "wk-7f3a-A-0001:3"))
    let keys = try receiver.requests.suffix(3).map { try JSON(bytes: $0.body)["dedup_key"]?.string }
    #expect(keys == ["wk-7f3a-A-0001", "wk-7f3a-A-0001:2", "wk-7f3a-A-0001:3"])
  }
}
