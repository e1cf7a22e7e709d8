import TextCanvas
import WatchCore

/// The first row: what is NEW, the time here and in UTC, who is on duty, whether what is done is on
/// disk, and whether anybody is looking.
public enum Header {
  /// A fact with its look.
  struct Fact {
    var text: SafeText
    var role: ColourRole = .text
  }

  public static func draw(_ state: ConsoleState, row: Int = 0, on canvas: inout Canvas) {
    let width = canvas.bounds.width
    let facts = layout(state, width: width)
    let used = facts.reduce(0) { $0 + $1.text.width }
    let gaps = facts.count - 1
    // One blank at the left edge where there is room for it.
    let margin = used + gaps + 1 <= width ? 1 : 0
    let gap = gaps > 0 ? min(3, max(1, (width - margin - used) / gaps)) : 1
    var spare = gaps > 0 && gap < 3 ? max(0, width - margin - used - gap * gaps) : 0
    var column = margin
    for fact in facts {
      let before = column
      column = canvas.put(fact.text, row: row, column: column, style: state.theme[fact.role])
      guard column > before else { continue }
      column += gap
      if spare > 0 {
        column += 1
        spare -= 1
      }
    }
  }

  /// The richest set of facts that fits.
  private static func layout(_ state: ConsoleState, width: Int) -> [Fact] {
    let facts = HeaderFacts(state)
    // A margin and two blanks between facts, where a shorter layout leaves room for them.
    let roomy = [facts.wide, facts.withoutName, facts.large, facts.shorter]
    let first = state.tier == .wide ? 0 : state.tier == .large ? 2 : roomy.count
    let underMute = state.mute == nil ? [] : [facts.bareLife, facts.withoutLocal]
    let layouts =
      [facts.normal, facts.undated] + underMute + [facts.tight, facts.small, facts.least]
    return roomy.dropFirst(first).first { self.width(of: $0, gap: 2) < width }
      ?? layouts.first { self.width(of: $0, gap: 1) <= width } ?? facts.bare(width)
  }

  static func width(of layout: [Fact], gap: Int) -> Int {
    layout.reduce(0) { $0 + $1.text.width } + gap * max(0, layout.count - 1)
  }
}

/// The facts of the header, long and short.
struct HeaderFacts {
  private let state: ConsoleState

  init(_ state: ConsoleState) {
    self.state = state
  }

  var wide: [Header.Fact] {
    [newCount] + counts + [name, dated, longLocal, rate, dutySince] + trouble(long: true)
  }

  var withoutName: [Header.Fact] {
    [newCount] + counts + [dated, local, dutySince] + trouble(long: true)
  }

  var large: [Header.Fact] { [newCount, dated, local, dutySince] + trouble(long: true) }

  /// As large, without the scenario's name.
  var shorter: [Header.Fact] {
    [newCount, dated, local, dutySince]
      + [muted, demo(long: false), frozen, journal(long: true), watch(long: true)].compactMap { $0 }
  }

  var normal: [Header.Fact] { [new, dated, local, duty(limit: 16)] + trouble(long: false) }

  var undated: [Header.Fact] { [new, clock, local, duty(limit: 12)] + trouble(long: false) }

  /// Journal and watch in a word each.
  var bareLife: [Header.Fact] { [new, clock, local, duty(limit: 12)] + shortTrouble }

  /// Without the time here.
  var withoutLocal: [Header.Fact] { [new, clock, duty(limit: 12)] + shortTrouble }

  /// When much is unusual at once.
  var tight: [Header.Fact] {
    [new, clock, bareDuty] + shortTrouble
  }

  /// A frozen view says so at every size: its stale states must not pass for the present.
  var small: [Header.Fact] {
    let middle = [shortMuted, frozen].compactMap { $0 }
    return [new] + (middle.isEmpty ? [clock, bareDuty] : middle) + [shortJournal, shortWatch]
  }

  var least: [Header.Fact] {
    let middle =
      [shortMuted, frozen].compactMap { $0 } + (isWell ? [] : [shortJournal, shortWatch])
    return [new] + (middle.isEmpty ? [clock] : middle)
  }

  /// Where nothing else fits: a word each for what is wrong, as many as there is room for.
  func bare(_ width: Int) -> [Header.Fact] {
    var facts = [new]
    for fact in [gone, bareMuted, bareFrozen, notSaved].compactMap({ $0 })
    where Header.width(of: facts + [fact], gap: 1) <= width {
      facts.append(fact)
    }
    return facts
  }

  private var bareMuted: Header.Fact? {
    state.mute == nil ? nil : Header.Fact(text: "MUTED", role: .newHigh)
  }

  private var bareFrozen: Header.Fact? {
    state.frozenFor == nil ? nil : Header.Fact(text: "FROZEN", role: .blind)
  }

  /// `MUTED until 14:30Z by mira`: at every size, that nobody is told.
  private var muted: Header.Fact? { mute(limit: 16) }
  private var shortMuted: Header.Fact? { mute(limit: 8) }

  private func mute(limit: Int) -> Header.Fact? {
    guard let mute = state.mute else { return nil }
    let by = SafeText(untrusted: mute.by.name, alphabet: state.alphabet).truncated(to: limit)
    let until = SafeText(untrusted: mute.until.shortClock(at: state.now))
    return Header.Fact(text: "MUTED until " + until + " by " + by, role: .newHigh)
  }

  /// `NEW 3`, `no new`
  var new: Header.Fact {
    let count = state.newAlerts.count
    return Header.Fact(text: count == 0 ? "no new" : "NEW \(count)", role: newRole)
  }

  private var counts: [Header.Fact] {
    ["ACK", "CLR", "SHV"].map { label in
      Header.Fact(text: SafeText(untrusted: "\(label) \(state.board.picture.count(label))"))
    }
  }

  private var newCount: Header.Fact {
    let high = state.board.picture.newHighCount
    guard high > 0 else { return new }
    return Header.Fact(text: "NEW \(state.newAlerts.count) (\(high) high)", role: newRole)
  }

  private var newRole: ColourRole { state.newAlerts.first.map { ColourRole($0) } ?? .text }

  private var clock: Header.Fact { fact(state.now.clock) }
  private var dated: Header.Fact { fact("\(state.now.date) \(state.now.clock)") }
  private var local: Header.Fact { fact("\(state.zone.clock(state.now)) \(state.zone.label)") }
  private var longLocal: Header.Fact {
    fact("local \(state.zone.longClock(state.now)) \(state.zone.label)")
  }
  private var rate: Header.Fact { fact("rate \(state.raisedLately)/10min") }
  private var name: Header.Fact {
    let accounts = state.board.plan.accounts.map(\.name)
    return fact("Watchkeeper" + (accounts.first.map { " \($0)" } ?? ""), limit: 30)
  }

  private func duty(limit: Int) -> Header.Fact {
    guard let duty = state.board.picture.duty else {
      return Header.Fact(text: "duty -", role: .late)
    }
    return Header.Fact(text: "duty " + SafeText(untrusted: duty.to).truncated(to: limit))
  }

  private var dutySince: Header.Fact {
    guard let since = state.board.picture.dutySince else { return duty(limit: 24) }
    var fact = duty(limit: 24)
    fact.text += " since " + SafeText(untrusted: since.shortClock(at: state.now))
    return fact
  }

  private var bareDuty: Header.Fact {
    fact(state.board.picture.duty?.to ?? "no duty", limit: 10)
  }

  /// The facts that turn into capitals when something is wrong; and what is unusual.
  private func trouble(long: Bool) -> [Header.Fact] {
    [muted, demo(long: long), frozen].compactMap { $0 } + [journal(long: long), watch(long: long)]
  }

  private var shortTrouble: [Header.Fact] {
    [shortMuted, demo(long: false), frozen].compactMap { $0 } + [shortJournal, shortWatch]
  }

  private func demo(long: Bool) -> Header.Fact? {
    guard let demo = state.board.demo else { return nil }
    if long { return fact(demo.hasPrefix("demo") ? demo : "demo \(demo)", limit: 24) }
    let speed = demo.split(separator: " ").last { $0.first == "x" && Int($0.dropFirst()) != nil }
    return fact("demo" + (speed.map { " \($0)" } ?? ""))
  }

  private var frozen: Header.Fact? {
    guard let span = state.frozenFor else { return nil }
    let seconds = Int(min(span.wholeSeconds, 5999))
    return Header.Fact(
      text: "FROZEN \(seconds / 60, digits: 2):\(seconds % 60, digits: 2)", role: .blind)
  }

  private func journal(long: Bool) -> Header.Fact {
    switch state.board.journal {
    case .notSaved: return Header.Fact(text: "JOURNAL NOT SAVED", role: .newHigh)
    case .saved(let at):
      guard long, let at else { return Header.Fact(text: "journal saved") }
      return fact("journal saved \(at.clock(at: state.now))")
    }
  }

  private func watch(long: Bool) -> Header.Fact {
    switch state.board.watch {
    case .starting: return Header.Fact(text: "watch starting", role: .late)
    case .alive(let at):
      return long ? fact("watch alive \(at.age(at: state.now).shortText)") : fact("watch alive")
    case .gone(let since, _):
      let age = long ? " \(since.age(at: state.now).shortText)" : ""
      return Header.Fact(text: "WATCH GONE" + SafeText(untrusted: age), role: .newHigh)
    }
  }

  private var isWell: Bool { gone == nil && notSaved == nil }

  private var gone: Header.Fact? {
    guard case .gone = state.board.watch else { return nil }
    return Header.Fact(text: "WATCH GONE", role: .newHigh)
  }

  private var notSaved: Header.Fact? {
    guard case .notSaved = state.board.journal else { return nil }
    return Header.Fact(text: "NOT SAVED", role: .newHigh)
  }

  private var shortJournal: Header.Fact { notSaved ?? Header.Fact(text: "saved") }

  private var shortWatch: Header.Fact {
    if case .starting = state.board.watch { return Header.Fact(text: "starting", role: .late) }
    return gone ?? Header.Fact(text: "alive")
  }

  private func fact(_ text: String, limit: Int = 60) -> Header.Fact {
    Header.Fact(text: SafeText(untrusted: text, alphabet: state.alphabet).truncated(to: limit))
  }
}
