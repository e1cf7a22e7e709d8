import Testing
import WatchCore

@testable import WatchConsole

/// F096: a step that changes something is run from the console, after a word was typed.
@Suite struct RemedyKeyTests {
  /// At step 4 of the stopped trail's runbook.
  private static func atRemedy() -> Desk {
    var desk = Desk()
    desk.press("nr")
    for _ in 2...3 { desk.press(" ") }
    return desk
  }

  private static func remedies(_ desk: Desk) -> [(Int, String)] {
    desk.commands.compactMap { command in
      if case .remedy(_, _, let step, let text) = command { (step, text) } else { nil }
    }
  }

  @Test("F096: X asks for a word, and runs the command exactly as it stands on screen")
  func typed() throws {
    var desk = Self.atRemedy()
    desk.press("X")
    let question = try #require(desk.state.field?.question)
    #expect(question.contains("changes the cloud"))
    guard case .remedy(_, let word)? = desk.state.field?.purpose else {
      Issue.record("no word is asked for")
      return
    }
    desk.press(word)
    desk.press(.enter)
    let ran = Self.remedies(desk)
    #expect(ran.map(\.0) == [4])
    #expect(ran[0].1.hasPrefix("aws cloudtrail start-logging --name "))
    #expect(!ran[0].1.contains("{{"))
  }

  @Test("F096: another word, or Esc, runs nothing")
  func refused() {
    var desk = Self.atRemedy()
    desk.press("Xyes")
    desk.press(.enter)
    #expect(desk.message.contains("nothing was run"))
    desk.press("X")
    desk.press(.escape)
    #expect(Self.remedies(desk).isEmpty)
  }

  @Test("F096: a step that only looks is not run; its refusal swallows what is typed after it")
  func looking() {
    var desk = Desk()
    desk.press("nrX")
    #expect(desk.message.contains("step 2 has no command that this console runs"))
    desk.press(" yes")
    #expect(desk.commands.isEmpty)
  }
}
