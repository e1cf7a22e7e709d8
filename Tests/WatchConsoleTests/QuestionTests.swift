import Testing
import WatchCore

@testable import WatchConsole

/// A question that one key answers is on screen for as long as it stands.
@Suite struct QuestionTests {
  @Test("No news stands over a question, neither older than it nor younger")
  func isRead() {
    var desk = Desk()
    desk.state.say(Message("NEW high alert A-0150"))
    desk.press("q")
    #expect(desk.text.contains { $0.contains("Quit all the same?") })
    desk.state.say(Message("NEW high alert A-0151"))
    #expect(desk.text.contains { $0.contains("Quit all the same?") })
    desk.press(.escape)
    #expect(!desk.text.contains { $0.contains("Quit all the same?") })
  }
}
