import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// D5: what the screens say of who was told, and who is next.
@Suite struct ToldTests {
  private func text(_ line: Timeline, _ width: Int = 120, _ height: Int = 40) -> String {
    let scene = Estate.scene(
      "told", line, at: Timeline.at("03:03:40"),
      paths: Accidents.stopLogging.board.clouds.flatMap(\.paths), demo: nil,
      plan: NobodyTold.plan)
    return Console.render(scene.alert(width: width, height: height)).text.joined(separator: "\n")
  }

  @Test("Nobody was told: in capitals, with why, on the overview and on the alert's screen")
  func nobody() {
    let overview = NobodyTold.scene.text().joined(separator: "\n")
    #expect(overview.contains("NOBODY WAS TOLD"))
    let alert = text(NobodyTold.line)
    #expect(alert.contains("NOBODY WAS TOLD: sec-slack: refused: no such channel, pager: HTTP 503"))
    #expect(alert.contains("restore   by 03:12:07Z, in 8m27s"))
    #expect(alert.contains("jon +49 30 5550 102, lets it ring long"))
    #expect(alert.contains("NOT TAKEN, refused: no such channel"))
    #expect(alert.contains("FAILED, HTTP 503, attempt 3, next try 03:03:52Z"))
  }

  @Test("D5: the four times are those of the entries; a late acceptance ends it")
  func fourTimes() {
    var line = NobodyTold.line
    NobodyTold.told(
      &line, "pager", "id-7", attempt: 4, at: "03:03:30", next: nil, accepted: true)
    line.act(.ack, 1, at: Timeline.at("03:03:35"))
    let alert = text(line)
    #expect(!alert.contains("NOBODY"))
    for time in ["failed", "03:01:20Z", "detected 03:02:07Z", "told 03:03:30Z", "acked 03:03:35Z"] {
      #expect(alert.contains(time), "\(time)")
    }
    #expect(alert.contains("NOT by sec-slack"))
    #expect(alert.contains("accepted, id-7, attempt 4"))
  }

  @Test("What is acknowledged there is shown as theirs, and the alert stays NEW")
  func takenThere() {
    var line = NobodyTold.line
    NobodyTold.told(
      &line, "pager", "SEC-7", attempt: 4, at: "03:03:30", next: nil, accepted: true)
    guard let of = line.picture.alerts[AlertID(1)]?.tellings.first?.seq else {
      Issue.record("nothing was told")
      return
    }
    line.add(
      .told(
        Told(
          alert: AlertID(1), channel: "pager", to: "mira", accepted: true, detail: "SEC-7",
          of: of, takenBy: "Ana Roe, In Progress")), at: Timeline.at("03:03:36"))
    let alert = text(line)
    #expect(
      alert.contains("pager 03:03:30Z (taken there by Ana Roe, In Progress)"),
      "the time is that of the acceptance")
    #expect(alert.contains("taken there by Ana Roe, In Progress 03:03:36Z"))
    #expect(line.picture.alerts[AlertID(1)]?.isNew == true)
  }

  @Test("Whoever is not at work is told when work begins, and the screen says when")
  func workingHours() {
    var plan = NobodyTold.plan
    plan.channels = plan.channels.map { channel in
      var channel = channel
      channel.least = .low
      return channel
    }
    plan.roles[0].hours = WatchHours(zone: .utc, days: [1, 2, 3, 4, 5], from: 480, to: 1080)
    var line = Timeline()
    line.raise(7, .medium, at: Timeline.at("03:03:00"))
    let scene = Estate.scene(
      "night", line, at: Timeline.at("03:03:40"),
      paths: Accidents.stopLogging.board.clouds.flatMap(\.paths), demo: nil, plan: plan)
    let alert = Console.render(scene.alert(width: 120, height: 40)).text.joined(separator: "\n")
    #expect(alert.contains("tell mira at 08:00:00Z"), "\(alert)")
  }

  @Test("What was promised and is over is said in capitals")
  func overdue() {
    var plan = NobodyTold.plan
    plan.roles[0].restoreWithin = [.high: .minutes(1)]
    let scene = Estate.scene(
      "late", NobodyTold.line, at: Timeline.at("03:03:40"),
      paths: Accidents.stopLogging.board.clouds.flatMap(\.paths),
      demo: nil, plan: plan)
    let alert = Console.render(scene.alert(width: 80, height: 24)).text.joined(separator: "\n")
    #expect(alert.contains("OVERDUE since 03:03:07Z"))
  }

  @Test("e shows whom and how, asks for a line, and writes it")
  func escalate() {
    var desk = Desk()
    desk.press("e")
    #expect(
      desk.state.field?.question == "escalate A-0141 to jon by sec-slack, pager: why? one line")
    desk.press("<Enter>")
    #expect(desk.commands.isEmpty, "a line is needed")
    desk.press("need help<Enter>")
    #expect(desk.commands == [.act(.escalate, AlertID(141), text: "need help", to: "jon")])
    #expect(desk.alert(141)?.called.last?.to == "jon")
    desk.press("u")
    #expect(desk.commands.count == 1, "who was called was called: \(desk.message)")
  }

  @Test("Whoever is on duty is the next one")
  func duty() {
    var line = NobodyTold.line
    line.add(
      .duty(DutyMark(to: "jon", from: "mira", text: "good night", by: SampleBoard.mira)),
      at: Timeline.at("03:03:00"))
    #expect(text(line).contains("jon in"))
  }
}
