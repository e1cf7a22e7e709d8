import WatchCore

/// Withholding notifications for a while: by the palette alone, so that no slip of a finger does it.
extension ConsoleState {
  /// The mute that holds now.
  public var mute: Mute? { board.picture.muteShown(at: now) }

  /// - Parameter line: what was typed after `:mute`; empty: it is asked for.
  mutating func beginMute(_ line: String) -> [ConsoleEffect] {
    guard !line.isEmpty else {
      askMute()
      return []
    }
    switch Mute.asked(line) {
    case .end?: return send(.unmute)
    case .begin(let span, let reason)?:
      if let refusal = Mute.refusal(until: now + span, reason: reason, now: now) {
        say(.refused(refusal))
        return []
      }
      return send(.mute(until: now + span, reason: reason))
    case nil:
      say(.refused("\(line) is neither a time and a reason, as 30m REASON, nor end"))
      return []
    }
  }

  private mutating func askMute() {
    let held =
      mute.map { ", or end; \($0.text(at: now))" } ?? ": nobody is told for how long, and why?"
    prompt = .field(
      Field(
        .mute,
        question: "30m REASON (4h at most)" + held,
        label: "mute"))
    hush()
  }
}
