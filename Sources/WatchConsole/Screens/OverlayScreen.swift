import TextCanvas

enum OverlayScreen {
  static func draw(_ overlay: Overlay, _ state: ConsoleState, on canvas: inout Canvas) {}
}
