import TextCanvas
import WatchCore

/// The overview from 80x24 on: three clouds, alerts, who was told, runbook line, last entry. The
/// canvas is the body: header, message and hints are drawn outside of it.
enum OverviewScreen {
  /// - Returns: the alerts whose rows are to be seen; the message line names NEW ones elsewhere.
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    for (row, cloud) in state.shown.clouds.enumerated() {
      let text = SafeText(untrusted: "\(cloud.cloud.label) \(cloud.label)")
      canvas.put(text, row: row, column: 1, style: state.theme[ColourRole(cloud.state)])
    }
    for (index, row) in state.rows.enumerated() {
      let text = row.alerts.compactMap { state.picture.alerts[$0] }.first.map {
        "\($0.state.label) \($0.priority.marks) \($0.id.text) \($0.place.text) \($0.what)"
      }
      canvas.put(SafeText(untrusted: text ?? ""), row: 4 + index, column: 2)
      if index == state.selectedIndex { canvas.placeCursor(row: 4 + index, column: 0) }
    }
    return Set(state.rows.flatMap(\.alerts))
  }
}
