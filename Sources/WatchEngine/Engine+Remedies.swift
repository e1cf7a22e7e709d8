import WatchCore

extension Engine {
  /// A command that changes something: the journal has it before the shell has.
  func remedy(_ remedy: Remedy) -> CommandAnswer {
    guard let alert = picture.alerts[remedy.alert] else {
      return .refused("there is no alert \(remedy.alert.text)")
    }
    guard alert.isOpen else { return .refused("\(alert.id.text) is closed") }
    guard !remedy.command.isEmpty, remedy.command.utf8.count <= 16_384 else {
      return .refused("step \(remedy.step) has no command that can be run")
    }
    return .effects([.append([.remedy(remedy)]), .remedy(remedy)])
  }

  /// It has run: written, and looked at what it brought about.
  mutating func remedied(_ remedy: Remedy) -> [EngineEffect] {
    outcomes.append(.remedy(remedy))
    var words = ["step \(remedy.step), \(remedy.alert.text):"]
    if remedy.status == 0 {
      words.append("done")
    } else {
      words.append("failed, status \(remedy.status.map(String.init) ?? "unknown"):")
      words.append(remedy.output.map { String($0.prefix { $0 != "\n" }) } ?? "it said nothing")
    }
    return [
      .say(words.joined(separator: " ")), .probe(picture.alerts[remedy.alert]?.source),
    ]
  }
}
