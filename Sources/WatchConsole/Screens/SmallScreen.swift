import TextCanvas
import WatchCore

enum SmallScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> { [] }
}
