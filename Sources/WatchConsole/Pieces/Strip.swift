import TextCanvas
import WatchCore

/// The last hours of a path or a cloud, one cell for each part, the worst state of that time.
public enum Strip {
  /// A path's strip.
  public static func cells(
    _ path: PathStatus, end: Timestamp, span: Duration = .hours(24), count: Int
  ) -> [HeartbeatState?] {
    StateChange.strip(path.history, end: end, span: span, cells: count)
  }

  /// A cloud's strip: in each part of the time as bad as its worst required path.
  public static func cells(
    _ cloud: CloudStatus, end: Timestamp, span: Duration = .hours(24), count: Int
  ) -> [HeartbeatState?] {
    let paths = cloud.paths.filter { $0.required && $0.state != .off }
    let strips = paths.map { cells($0, end: end, span: span, count: count) }
    return (0..<max(0, count)).map { cell in
      // A region that nobody used says nothing of the cloud.
      let states = zip(paths, strips).compactMap { path, strip in
        path.id.kind == .region && strip[cell] == .okQuiet ? nil : strip[cell]
      }
      return HeartbeatState.worst(states)
    }
  }

  /// Draws a strip, each cell in its state's colour.
  public static func draw(
    _ cells: [HeartbeatState?], row: Int, column: Int, on canvas: inout Canvas, theme: Theme
  ) {
    let glyphs = Glyphs(canvas.alphabet)
    for (index, cell) in cells.enumerated() {
      let style = theme[cell.map { ColourRole($0) } ?? .quiet]
      canvas.put(
        glyphs.strip(cell), row: row, column: column + index,
        style: Style(
          style.attributes.subtracting([.reverse, .underline]), foreground: cellColour(style)))
    }
  }

  /// A block of colour on a ground of colour cannot be told from its neighbour.
  private static func cellColour(_ style: Style) -> Colour {
    style.background == .terminal ? style.foreground : style.background
  }
}
