import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// A line typed after a refused key never runs as keys, and the screen says that it does not.
@Suite struct DroppedTextTests {
  /// Where the key is refused: keys that lead there.
  static let refused: [(key: String, at: String)] = [
    ("R", "n"), ("x", "n"), ("c", "3jjj3<Esc>/none<Enter>"), ("s", "/state:shv<Enter>"),
    ("A", "/none<Enter>"), ("x", "2"), ("c", "y"), ("s", "y"), ("H", "y"), ("b", "2"), ("b", "y"),
  ]

  @Test("All of a line after a refused key is dropped", arguments: refused.indices)
  func line(_ index: Int) {
    let (key, place) = Self.refused[index]
    var desk = Desk()
    desk.press(place)
    desk.press(key)
    #expect(desk.state.currentMessage?.role == .warnLine, "\(key) at \(place): \(desk.message)")
    let (screen, overlay) = (desk.state.screen, desk.state.overlay)
    desk.press("say a r <Space>x u 2 q")
    #expect(desk.commands.isEmpty && desk.effects.isEmpty, "\(key) at \(place)")
    #expect(desk.state.screen == screen && desk.state.overlay == overlay, "\(key) at \(place)")
    #expect(desk.message.contains("dropped, as \(key) was refused"))
    desk.press("<Enter>")
    #expect(desk.message.contains("nothing was done"))
    #expect(desk.state.screen == screen, "\(key) at \(place)")
    #expect(desk.state.droppedNow == nil)
  }

  @Test("After a rest keys are commands again, and without a line at once")
  func rest() {
    var desk = Desk()
    desk.press("nRa")
    #expect(desk.commands.isEmpty)
    desk.wait(2)
    desk.press("a")
    #expect(desk.commands.isEmpty)
    desk.wait(3)
    desk.press("a")
    #expect(desk.commands == [.act(.ack, AlertID(141))])
    var other = Desk()
    other.press("nR<Enter>")
    #expect(other.state.screen == .alert(AlertID(141)))
    var third = Desk()
    third.press("nR<Down>a")
    #expect(third.commands == [.act(.ack, AlertID(143))])
  }

  @Test("Ctrl-C, Ctrl-L and Ctrl-Z are never dropped")
  func control() {
    var desk = Desk()
    desk.press("nRabc<Ctrl-L><Ctrl-Z><Ctrl-C><Ctrl-C>")
    #expect(desk.effects == [.redraw, .suspend, .quit])
  }

  @Test("A letter of a line is no answer to a question that a line follows")
  func questions() {
    var desk = Desk()
    desk.press("snow")
    #expect(desk.state.question != nil)
    desk.press("<Esc>Hjonn<Enter>nobody")
    #expect(desk.commands.isEmpty)
    #expect(desk.state.question?.text.contains("jonn is not on the roster (mira, jon)") == true)
    desk.press("<Enter>quiet<Enter>")
    #expect(desk.commands == [.duty(to: "jonn", text: "quiet")])
  }

  @Test("H and A ask once more for a name that nobody is known by")
  func strangers() {
    var desk = Desk()
    desk.press("Amria<Enter>")
    #expect(desk.commands.isEmpty)
    desk.press("<Esc>Amira<Enter>")
    #expect(desk.commands == [.act(.assign, AlertID(141), to: "mira")])
    desk.press("Aanna<Enter><Enter>")
    #expect(desk.commands.last == .act(.assign, AlertID(141), to: "anna"))
  }

  @Test("The closing step is not done while the alert holds; a skipped step is named in the fold")
  func closing() {
    var desk = Desk()
    desk.press("<Enter>r<Space>xnot now<Enter><Space><Space>")
    #expect(desk.alert(141)?.steps.count == 5)
    desk.press("<Space>")
    #expect(desk.message.contains("step 6 closes A-0141, and that still holds"))
    #expect(desk.alert(141)?.steps[6] == nil)
    let text = desk.text.joined(separator: "\n")
    #expect(text.contains("[-] 1-5 done but 3 skipped, by mira"), "\(text)")
  }

  @Test("Help cuts no sentence, at no width", arguments: [30, 60, 80, 120, 200])
  func help(_ width: Int) {
    var text = ""
    for page in 0..<40 {
      var desk = Desk(width: width, height: 24)
      desk.press("?")
      for _ in 0..<page { desk.press("<PgDn>") }
      text += desk.text.dropFirst(3).dropLast(2).joined(separator: "\n")
    }
    #expect(!text.contains(".."), "\(width)")
    for action in Action.all where width >= 120 { #expect(text.contains(action.help)) }
  }
}
