import TextCanvas
import WatchCore

/// The console's two halves: ``ConsoleState/handle(_:)`` takes keys and boards, `render` draws.
public enum Console {
  /// Draws the state; total for every size.
  public static func render(_ state: ConsoleState) -> Canvas {
    var canvas = Canvas(width: state.width, height: state.height, alphabet: state.alphabet)
    switch state.tier {
    case .line: LineScreen.draw(state, on: &canvas)
    default: frame(state, on: &canvas)
    }
    return canvas
  }

  /// Header, body, elsewhere, message, field, hints.
  private static func frame(_ state: ConsoleState, on canvas: inout Canvas) {
    let (top, below) = canvas.bounds.splitTop(1)
    let (middle, foot) = below.splitBottom(footHeight(state))
    let needsElsewhere = state.screen != .overview && elsewhereFits(state)
    let (body, elsewhere) = middle.splitBottom(needsElsewhere ? 1 : 0)
    canvas.within(top) { Header.draw(state, on: &$0) }
    let seen = canvas.within(body) { Self.body(state, on: &$0) }
    canvas.within(elsewhere) {
      ElsewhereLine.draw(state, seen: state.alertsOnScreen, row: 0, on: &$0)
    }
    canvas.within(foot) { Self.foot(state, seen: seen, on: &$0) }
  }

  private static func elsewhereFits(_ state: ConsoleState) -> Bool {
    state.height >= 6 && !ElsewhereLine.missing(state, seen: state.alertsOnScreen).isEmpty
  }

  /// Message and hints, and the field being typed into; on a low screen one of them.
  private static func footHeight(_ state: ConsoleState) -> Int {
    guard state.height >= lowHeight else { return 1 }
    return state.field == nil ? 2 : 3
  }

  /// From this height on message and hints have a row each.
  private static let lowHeight = 7

  private static func foot(
    _ state: ConsoleState, seen: Set<AlertID>, on canvas: inout Canvas
  ) {
    guard state.height >= lowHeight else { return lowFoot(state, seen: seen, on: &canvas) }
    let last = canvas.bounds.height - 1
    HintBar.draw(state, row: last, on: &canvas)
    MessageLine.draw(state, seen: seen, row: 0, on: &canvas)
    if let field = state.field { FieldLine.draw(field, state: state, row: 1, on: &canvas) }
  }

  private static func lowFoot(
    _ state: ConsoleState, seen: Set<AlertID>, on canvas: inout Canvas
  ) {
    if let field = state.field {
      FieldLine.draw(field, state: state, row: 0, on: &canvas)
    } else if state.currentMessage != nil || state.question != nil {
      MessageLine.draw(state, seen: seen, row: 0, on: &canvas)
    } else {
      HintBar.draw(state, row: 0, on: &canvas)
    }
  }

  /// - Returns: the alerts that are to be seen.
  private static func body(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    var seen = state.alertsOnScreen
    switch state.screen {
    case .overview where state.tier == .small: seen = SmallScreen.draw(state, on: &canvas)
    case .overview: seen = OverviewScreen.draw(state, on: &canvas)
    case .alert(let id): AlertScreen.draw(id, state, on: &canvas)
    case .journal: JournalScreen.draw(state, on: &canvas)
    case .shelved: ShelvedScreen.draw(state, on: &canvas)
    case .cloud(let cloud): CloudScreen.draw(cloud, state, on: &canvas)
    case .posture: PostureScreen.draw(state, on: &canvas)
    case .graph: GraphScreen.draw(state, on: &canvas)
    }
    guard let overlay = state.overlay else { return seen }
    OverlayScreen.draw(overlay, state, on: &canvas)
    return state.screen == .overview ? [] : seen
  }
}

extension ConsoleState {
  /// Alerts that a screen other than the overview is about.
  var alertsOnScreen: Set<AlertID> {
    if case .alert(let id) = screen { [id] } else { [] }
  }
}
