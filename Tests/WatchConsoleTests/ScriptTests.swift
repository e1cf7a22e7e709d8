import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

@Suite struct ScriptTests {
  @Test("There are scripts to run")
  func found() {
    #expect(Script.all.count >= 6)
  }

  @Test("Key scripts", arguments: Script.all)
  func run(_ script: Script) {
    var desk = Desk()
    var read = desk.entries.count
    for step in script.steps {
      let place = "\(script.name):\(step.line)"
      switch step.verb {
      case "scenario": #expect(step.words.first?.text == "story", "\(place)")
      case "size": resize(&desk, step)
      case "keys": press(&desk, step, place)
      case "paste": desk.take(.event(.paste(step.words[0].text)))
      case "wait": desk.wait(Int(step.words[0].text) ?? 0)
      case "raise", "clear":
        happen(&desk, step)
        read = desk.entries.count
      case "log": log(desk, &read, step, place)
      case "see": #expect(sees(desk, step), "\(place)\n\(desk.text.joined(separator: "\n"))")
      case "not": #expect(!sees(desk, step), "\(place)\n\(desk.text.joined(separator: "\n"))")
      default: Issue.record("\(place): \(step.verb) is no verb")
      }
    }
  }

  private func resize(_ desk: inout Desk, _ step: Script.Step) {
    let parts = step.words[0].text.split(separator: "x").compactMap { Int($0) }
    desk.take(.event(.resized(columns: parts[0], rows: parts[1])))
  }

  private func press(_ desk: inout Desk, _ step: Script.Step, _ place: String) {
    for word in step.words {
      switch word {
      case .quoted(let text): desk.press(text)
      case .plain(let name):
        if let key = KeyText.named[name] {
          desk.press(key)
        } else if name.hasPrefix("Ctrl-"), let letter = name.last {
          desk.press(.control(Character(letter.lowercased())))
        } else {
          #expect(name.count == 1, "\(place): \(name) is no key")
          desk.press(name)
        }
      }
    }
  }

  private func happen(_ desk: inout Desk, _ step: Script.Step) {
    guard let number = AlertID(text: step.words[0].text)?.number else { return }
    let now = desk.state.now
    let text = step.words.count > 1 ? step.words[1].text : ""
    desk.happen { line in
      if step.verb == "raise" {
        line.raise(number, Priority(rawValue: text) ?? .low, at: now)
      } else {
        line.act(.clear, number, by: nil, at: now, text: text)
      }
    }
  }

  /// The next entry by an operator that was not read yet: kind, alert, who, text.
  private func log(_ desk: Desk, _ read: inout Int, _ step: Script.Step, _ place: String) {
    let rest = desk.entries.dropFirst(read)
    if step.words.first?.text == "nothing" {
      #expect(rest.isEmpty, "\(place): \(rest.map(\.event.kind))")
      return
    }
    guard let entry = rest.first else {
      Issue.record("\(place): nothing was written")
      return
    }
    read += 1
    let facts = [
      entry.event.kind, entry.event.alert?.text ?? "-", entry.event.by?.name ?? "-",
      text(of: entry),
    ]
    for (fact, word) in zip(facts, step.words) { #expect(fact == word.text, "\(place)") }
  }

  private func text(of entry: Entry) -> String {
    switch entry.event {
    case .act(let act): act.text ?? ""
    case .step(let mark): mark.text ?? ""
    case .duty(let mark): mark.text ?? ""
    default: ""
    }
  }

  private func sees(_ desk: Desk, _ step: Script.Step) -> Bool {
    let rows = desk.text
    guard let text = step.words.last?.text else { return false }
    if step.words.first == .plain("row"), let row = Int(step.words[1].text) {
      return rows.indices.contains(row) && rows[row].contains(text)
    }
    return rows.contains { $0.contains(text) }
  }
}
