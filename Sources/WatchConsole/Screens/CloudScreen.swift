import TextCanvas
import WatchCore

enum CloudScreen {
  static func draw(_ cloud: Cloud, _ state: ConsoleState, on canvas: inout Canvas) {}
}
