import TextCanvas
import WatchCore

enum LineScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {}
}
