import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// The posture screen: what it lists in which order, and taking a weakness on.
@Suite struct PostureTests {
  static func desk(_ width: Int = 80, _ height: Int = 24) -> Desk {
    var desk = Desk(width: width, height: height)
    desk.press("4")
    return desk
  }

  @Test("Parts by their worst check; in a part what fails, is unknown, was accepted, holds")
  func order() {
    var desk = Self.desk()
    var list = PostureList(desk.state)
    #expect(list.parts.map(\.name) == ["bucket", "topic", "rule", "key", "trail", "group"])
    #expect(list.items.map(\.check.rule).prefix(2) == ["bucket.lifecycle", "bucket.tls-only"])
    #expect(list.items.allSatisfy { $0.standing <= .accepted })
    desk.press("F")
    list = PostureList(desk.state)
    #expect(list.items.count == SampleBoard.checks.count)
    #expect(list.count(.fails) == 6 && list.count(.unknown) == 1 && list.count(.holds) == 5)
    for part in list.parts {
      #expect(part.shown.map(\.standing) == part.shown.map(\.standing).sorted())
    }
  }

  @Test("b accepts with an end and a reason, and takes it back; the row says by whom")
  func accept() {
    var desk = Self.desk()
    desk.press("b<Enter>2<Enter>")
    #expect(desk.commands.isEmpty)
    desk.press("cold storage copies it, case 71<Enter>")
    let until = SampleBoard.now + .hours(24 * 30)
    #expect(
      desk.commands == [
        .accept(
          rule: "bucket.lifecycle", subject: SampleBoard.bucket, until: until,
          reason: "cold storage copies it, case 71")
      ])
    let item = desk.state.selectedCheck
    #expect(item?.standing == .accepted && item?.check.rule == "bucket.lifecycle")
    #expect(desk.text.contains { $0.contains("accepted !!!") && $0.contains("by mira until") })
    #expect(desk.text[1].contains("5 fail, 1 unknown, 1 accepted"))
    desk.press("b")
    #expect(desk.state.question?.text.contains("accepted until 2026-12-20") == true)
    desk.press("0copy ended<Enter>")
    #expect(desk.state.selectedCheck?.standing == .fails)
    desk.wait(1)
    #expect(desk.state.selectedCheck?.standing == .fails)
  }

  @Test("An accepted check at every size", arguments: SceneSize.all)
  func golden(_ size: SceneSize) {
    var desk = Self.desk(size.width, size.height)
    desk.press("b2cold storage copies it, case 71<Enter>")
    desk.wait(60)
    Golden.check(Console.render(desk.state), "posture-accepted-\(size)")
  }

  @Test("What holds, or could not be looked at, cannot be accepted")
  func refused() {
    var desk = Self.desk()
    desk.press("/what:key<Enter>b")
    #expect(desk.message.contains("what could not be looked at cannot be accepted"))
    desk.wait(3)
    desk.press("<Esc>/what:trail.validation<Enter>b")
    #expect(desk.message.contains("there is nothing to accept"))
    desk.wait(3)
    desk.press("<Esc>/what:rule.unheard<Enter>b")
    #expect(desk.message.contains("there is no check or failure rule.unheard-of"))
    desk.wait(3)
    desk.press("1b")
    #expect(desk.message.contains("aws.trail.stopped cannot be accepted"))
    #expect(desk.commands.isEmpty)
  }

  /// The engine's summary over the scene's first look.
  static func firstLook(_ width: Int = 80, _ height: Int = 24) -> Desk {
    let failing = SampleBoard.checks.filter { $0.verdict == .fails }
    let content = JSON.object([
      JSON.Member(
        "weaknesses",
        .array(
          failing.map {
            .object([
              JSON.Member("rule", .string($0.rule)), JSON.Member("subject", .string($0.subject)),
            ])
          }))
    ])
    var line = Timeline()
    line.add(
      .snapshot(
        Snapshot(what: .posture, source: SampleBoard.trail, hash: "0", content: content)),
      at: Timeline.at("02:00:00"))
    line.add(
      .raise(
        Raise(
          alert: AlertID(9), code: "aws.posture.weak", source: SampleBoard.trail,
          subject: "first look", place: Place(account: "prod", region: "us-east-1"),
          kind: .condition, priority: .high, failed: Timeline.at("02:00:00"),
          what: "POSTURE: 6 weaknesses at first look (2 high, 2 medium, 2 low)",
          evidence: [
            Evidence(at: Timeline.at("02:00:00"), text: "bucket.lifecycle", seen: "posture probe")
          ])),
      at: Timeline.at("02:00:30"))
    var desk = Desk(line, width: width, height: height)
    desk.press("<Enter>")
    return desk
  }

  @Test("The first look's alert lists its checks and opens them", arguments: SceneSize.all)
  func summary(_ size: SceneSize) {
    var desk = Self.firstLook(size.width, size.height)
    Golden.check(Console.render(desk.state), "alert-first-look-\(size)")
    #expect(desk.text.contains { $0.contains("FAILS keeps what the retention asks") })
    desk.press("b")
    #expect(desk.message.contains("accept its checks one by one on the posture screen: 4"))
    desk.wait(3)
    desk.press("<Enter>")
    #expect(desk.state.screen == .posture)
    desk.press("<Enter>")
    #expect(desk.state.screen == .alert(AlertID(9)))
  }

  @Test("Without a look nothing reads as holding")
  func empty() {
    var desk = Desk(Timeline())
    desk.press("4")
    #expect(desk.text.contains { $0.contains("no settings were looked at yet: unknown is not ok") })
    desk.press("5")
    #expect(desk.text.contains { $0.contains("unknown is not ok") })
  }
}
