import TextCanvas
import WatchCore

enum JournalScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {}
}
