import TextCanvas
import WatchCore

@testable import WatchConsole

/// Every screen, overlay, question and field, for loops over all of them.
enum Scenes {
  static let names = [
    "overview", "runbook pane", "cloud pane", "alert", "history pane", "journal", "shelved",
    "cloud", "help", "palette", "raw alert", "raw entry", "theme", "note", "question", "frozen",
    "filtered", "empty", "trouble", "hostile", "flood", "posture", "posture detail", "posture all",
    "graph",
    "accept", "check", "hostile posture", "hostile graph", "hostile cloud",
  ]

  private static let keys: [String: String] = [
    "runbook pane": "r", "cloud pane": "<Tab><Tab>", "alert": "<Enter>",
    "history pane": "<Enter><Tab>", "journal": "2", "shelved": "3", "help": "?", "palette": ":",
    "raw alert": "y", "raw entry": "2y", "theme": ":theme<Enter>", "note": "cwhat we saw",
    "question": "s", "posture": "4jj", "posture detail": "4<Tab>", "posture all": "4FG",
    "graph": "5jj", "accept": "4b1known", "check": "4y", "frozen": "f",
    "filtered": "/state:new<Enter>",
  ]

  static func desk(_ name: String) -> Desk {
    switch name {
    case "empty": return Desk(Timeline())
    case "hostile": return Desk(Hostile.story)
    case "hostile posture", "hostile graph", "hostile cloud": return Hostile.desk(name)
    case "flood":
      var line = SampleBoard.story
      for number in 0..<40 {
        line.raise(200 + number, number % 3 == 0 ? .high : .low, at: SampleBoard.now)
      }
      return Desk(line)
    default: break
    }
    var desk = Desk()
    desk.press(keys[name] ?? "")
    if name == "cloud" { desk.state.show(.cloud(.aws)) }
    if name == "trouble" {
      desk.state.board.journal = .notSaved(
        "no space left on the disk; free some, then press a again")
      desk.state.board.watch = .gone(since: SampleBoard.now - .seconds(90), "the lock was lost")
      desk.state.board.chain = .broken("entry 403 does not follow 402")
    }
    return desk
  }

  static func frame(_ desk: Desk, width: Int, height: Int, _ alphabet: Alphabet = .unicode)
    -> Canvas
  {
    var state = desk.state
    _ = state.handle(.event(.resized(columns: width, rows: height)))
    state.alphabet = alphabet
    return Console.render(state)
  }
}

/// What a cloud and people can put into fields.
enum Hostile {
  static let text =
    "\u{1B}[2J\u{1B}]0;pwned\u{07}\u{9B}31m\u{202E}evil\u{2066}x\r\n\u{0}\u{2028}漢字e\u{301}\u{301}\u{301}\u{301}\u{301}\u{1F468}\u{200D}\u{1F469}"
    + String(repeating: "A", count: 3000)

  /// An alert, its evidence and acts with hostile text wherever text may be.
  static let story: Timeline = {
    var line = SampleBoard.story
    line.add(
      .raise(
        Raise(
          alert: AlertID(1), code: FailureCode(text),
          source: SourceID(cloud: .aws, account: text, name: text), subject: text,
          place: Place(account: text, region: text), kind: .event, priority: .high,
          failed: SampleBoard.now, what: text,
          evidence: [Evidence(at: SampleBoard.now, text: text, seen: text, raw: text)],
          cause: Cause(actor: text, action: text, region: text, at: SampleBoard.now, from: text),
          values: [JSON.Member("trail", .string(text)), JSON.Member("region", .string(text))])),
      at: SampleBoard.now)
    let evil = Operator(name: text, uid: 0, tty: text, ssh: text)
    line.act(.shelve, 137, by: evil, at: SampleBoard.now, text: text, until: SampleBoard.now)
    line.act(.note, 1, by: evil, at: SampleBoard.now, text: text)
    line.add(.duty(DutyMark(to: text, from: text, text: text, by: evil)), at: SampleBoard.now)
    line.add(.unknown(kind: text, .string(text)), at: SampleBoard.now)
    line.act(.ack, 140, by: evil, at: SampleBoard.now)
    return line
  }()
}
