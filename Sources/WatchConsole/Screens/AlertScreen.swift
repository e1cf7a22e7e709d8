import TextCanvas
import WatchCore

/// One alert with its runbook, from 40 columns on. The canvas is the body: header, elsewhere line,
/// message and hints are drawn outside of it.
enum AlertScreen {
  static func draw(_ id: AlertID, _ state: ConsoleState, on canvas: inout Canvas) {
    guard let alert = state.picture.alerts[id] else { return }
    canvas.put(
      SafeText(untrusted: "\(id.text) \(alert.state.label) \(alert.what)"), row: 0, column: 1)
  }
}
