import TextCanvas
import WatchCore

enum ShelvedScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {}
}
