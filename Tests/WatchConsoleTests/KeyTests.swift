import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// Keys in every screen, and the table that all of them come from.
@Suite struct KeyTests {
  static let places: [(name: String, keys: String)] = [
    ("overview", ""), ("runbook pane", "r"), ("cloud pane", "<Tab><Tab>"), ("alert", "<Enter>"),
    ("history pane", "<Enter><Tab>"), ("journal", "2"), ("shelved", "3"),
    ("cloud", "<Tab><Tab><Enter>"), ("help", "?"), ("raw", "y"), ("theme", ":theme<Enter>"),
    ("palette", ":"), ("posture", "4"), ("posture detail", "4<Tab>"), ("graph", "5"),
    ("accept", "4b"), ("note", "c"), ("question", "q"), ("empty", "empty"),
  ]

  @Test(
    "K7: every key in every screen is answered, and one that is off changes nothing",
    arguments: places.map(\.name))
  func everyKey(_ place: String) {
    for key in KeyText.all {
      var desk = self.desk(at: place)
      let before = desk.state
      let sent = desk.commands.count
      desk.press(key)
      let answered =
        desk.state.currentMessage != before.currentMessage || desk.effects.count > 0
        || desk.commands.count > sent || differs(desk.state, before)
      #expect(answered || !moves(key, before), "\(key) at \(place) says nothing")
      if desk.state.currentMessage?.role == .warnLine {
        #expect(desk.commands.count == sent, "\(key) at \(place)")
        #expect(
          !differs(desk.state, before), "\(key) at \(place) was refused and changed something")
        #expect(
          desk.message.hasPrefix(key.text) || desk.state.prompt != nil, "\(key): \(desk.message)")
      }
      _ = Console.render(desk.state)
    }
  }

  private func desk(at place: String) -> Desk {
    if place == "empty" { return Desk(Timeline()) }
    var desk = Desk()
    desk.press(Self.places.first { $0.name == place }?.keys ?? "")
    return desk
  }

  /// Whether anything but the message and what the keyboard leaves behind is different.
  private func differs(_ one: ConsoleState, _ other: ConsoleState) -> Bool {
    var one = one
    one.message = other.message
    one.lastKey = other.lastKey
    one.held = other.held
    one.heldInFlood = other.heldInFlood
    one.walk = other.walk
    one.dropped = other.dropped
    one.isFreshlySelected = other.isFreshlySelected
    return one != other
  }

  /// Moving at the end of a list shows itself by nothing moving.
  private func moves(_ key: Key, _ state: ConsoleState) -> Bool {
    let names: Set<Action.Name> = [
      .up, .down, .left, .right, .first, .last, .pageUp, .pageDown, .nextNew, .previousNew,
      .runbook,
    ]
    if state.prompt != nil || state.overlay != nil {
      return ![
        .left, .right, .home, .end, .up, .pageUp, .backspace, .delete, .tab, .control("a"),
        .control("e"), .control("u"), .character("k"), .character("g"),
      ].contains(key)
    }
    return Action.with(key: key).map { !names.contains($0.name) } ?? true
  }

  @Test("Space outside a runbook writes nothing and says where it works")
  func space() {
    var desk = Desk()
    desk.press("<Space>")
    #expect(desk.commands.isEmpty)
    #expect(desk.message == "Space: steps are marked in the runbook; r goes there")
    desk.press("r<Space>")
    #expect(
      desk.commands == [.step(AlertID(141), runbook: "aws-trail-stopped", step: 2, .done)])
  }

  @Test("x needs a reason; Tab makes it a failed step")
  func skip() {
    var desk = Desk()
    desk.press("rx<Enter>")
    #expect(desk.commands.isEmpty)
    desk.press("no second operator<Tab><Enter>")
    #expect(
      desk.commands == [
        .step(
          AlertID(141), runbook: "aws-trail-stopped", step: 2, .failed, text: "no second operator")
      ])
  }

  @Test("K5: a paste outside a field is refused; in a note it is one line of text")
  func paste() {
    let text = String(repeating: "a s q\nR y\r\n1", count: 200)
    var desk = Desk()
    desk.take(.event(.paste(text)))
    #expect(desk.commands.isEmpty && desk.effects.isEmpty)
    #expect(desk.message.contains("paste refused"))
    desk.press("c")
    desk.take(.event(.paste("one\ntwo a s q")))
    desk.press("<Enter>")
    #expect(desk.commands == [.act(.note, AlertID(141), text: "one two a s q")])
  }

  @Test("A note holds a new line from Ctrl-J, and at most a thousand characters")
  func note() {
    var desk = Desk()
    desk.press("cone<Ctrl-J>two<Enter>")
    #expect(desk.commands == [.act(.note, AlertID(141), text: "one\ntwo")])
    desk.press("c")
    desk.take(.event(.paste(String(repeating: "x", count: 5000))))
    desk.press("y")
    #expect(desk.message.contains("room for 1000"))
    #expect(desk.state.field?.text.count == 1000)
  }

  @Test("K9: each action is reached by a key or by the palette, and by the palette always")
  func palette() {
    for action in Action.all {
      var desk = Desk()
      desk.press(":" + action.name.rawValue + "<Enter>")
      #expect(!desk.message.contains("no command is called"), "\(action.name)")
      #expect(!desk.message.contains("may be:"), "\(action.name)")
    }
    var desk = Desk()
    desk.press(":ack<Enter>")
    #expect(desk.commands == [.act(.ack, AlertID(141))])
    desk.press(":nex<Tab>")
    #expect(desk.state.field?.text == "next new")
    desk.press("<Esc>:zz<Enter>")
    #expect(desk.message.contains("no command is called zz"))
  }

  @Test("K9: help, palette, hint bar and docs/keys.md list the same set")
  func sets() {
    let names = Set(Action.all.map(\.name))
    #expect(names == Set(Action.Name.allCases))
    #expect(Set(HelpScreen.matches("").map(\.name)) == names)
    var desk = Desk()
    desk.press(":")
    #expect(Set(desk.state.paletteMatches.map(\.name)) == names)
    var hinted: Set<Action.Name> = [.help]
    for (_, keys) in Self.places where keys != "empty" {
      for width in [80, 200] {
        var desk = Desk(width: width, height: 60)
        desk.press("m" + keys)
        hinted.formUnion(desk.state.hintedActions.map(\.name))
      }
    }
    hinted.formUnion(Desk().state.hintedActions.map(\.name))
    var remedy = Desk()
    remedy.press("r<Down><Down>")
    hinted.formUnion(remedy.state.hintedActions.map(\.name))
    var cleared = SampleBoard.story
    cleared.act(.clear, 141, by: nil, at: SampleBoard.now)
    hinted.formUnion(Desk(cleared).state.hintedActions.map(\.name))
    var filtered = Desk()
    filtered.press("<Enter>")
    hinted.formUnion(filtered.state.hintedActions.map(\.name))
    #expect(hinted == names)
    for action in Action.all {
      #expect(KeysDocument.markdown.contains("`:\(action.name.rawValue)`"))
      #expect(!action.help.isEmpty && action.help.hasSuffix("."))
    }
  }

  @Test("docs/keys.md is printed from the table")
  func document() {
    let file = Golden.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/keys.md")
    Golden.check(KeysDocument.markdown, at: file)
  }

  @Test("No key has two actions, and no later key is taken")
  func unique() {
    let keys = Action.all.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    for scalar in Action.later.keys { #expect(!keys.contains(.character(scalar))) }
  }

  @Test("S6: the hint bar keeps ? help at every width, and loses items from the right")
  func hints() {
    for (place, _) in Self.places {
      let state = desk(at: place).state
      guard state.prompt == nil, state.overlay == nil else { continue }
      let full = HintBar.text(state, width: 1000).string
      for width in 20...220 {
        let text = HintBar.text(state, width: width)
        #expect(text.width <= width)
        #expect(text.string.hasSuffix("? help"), "\(place) at \(width)")
        #expect(full.hasPrefix(text.string.dropLast(6)), "\(place) at \(width): \(text.string)")
      }
    }
  }

  @Test("S6: u is hinted only where an act can be undone, and a at 80 columns")
  func undoHint() {
    var desk = Desk()
    #expect(HintBar.text(desk.state, width: 200).string.contains("u undo note"))
    #expect(HintBar.text(desk.state, width: 80).string.hasPrefix(" a ack  Enter open"))
    desk.press("j")
    #expect(!HintBar.text(desk.state, width: 200).string.contains("u undo"))
    desk.press("u")
    #expect(desk.message.contains("there is nothing of yours on A-0143 to undo"))
  }

  @Test("Keys of later versions say so, and stand nowhere")
  func later() {
    for scalar in Action.later.keys {
      var desk = Desk()
      desk.press(.character(scalar))
      #expect(desk.message.contains("not there yet"))
      #expect(!KeysDocument.markdown.contains("| `\(scalar)` |"))
    }
  }

  @Test("Ctrl-Z and Ctrl-L work everywhere, also in a field")
  func never() {
    for (place, _) in Self.places {
      var desk = self.desk(at: place)
      desk.press("<Ctrl-Z><Ctrl-L>")
      #expect(desk.effects.suffix(2) == [.suspend, .redraw], "\(place)")
    }
  }
}
