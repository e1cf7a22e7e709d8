import TextCanvas

/// Columns of a list: fixed ones, and one that takes what is left.
public struct Table: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public var title: SafeText
    /// Nil: takes what the others leave.
    public var width: Int?
    public var alignment: SafeText.Alignment

    public init(_ title: SafeText, _ width: Int?, _ alignment: SafeText.Alignment = .left) {
      self.title = title
      self.width = width
      self.alignment = alignment
    }
  }

  /// One cell of a row.
  public struct Field {
    public var text: SafeText
    public var role: ColourRole
    /// Columns that it runs over: the ones behind it must have no field of their own.
    public var columns: Int

    public init(_ text: SafeText, _ role: ColourRole = .text, columns: Int = 1) {
      self.text = text
      self.role = role
      self.columns = columns
    }
  }

  public let columns: [Column]
  /// Each column's first cell and width.
  public let places: [(start: Int, width: Int)]

  /// Columns stand one blank apart, the first one behind `indent` (the cursor mark).
  public init(_ columns: [Column], width: Int, indent: Int = 2) {
    self.columns = columns
    let fixed = columns.reduce(0) { $0 + ($1.width ?? 0) } + max(0, columns.count - 1) + indent
    let flexible = max(0, width - fixed)
    var next = indent
    var places: [(start: Int, width: Int)] = []
    for column in columns {
      let room = max(0, min(column.width ?? flexible, width - next))
      places.append((next, room))
      next += room + 1
    }
    self.places = places
  }

  public static func == (left: Table, right: Table) -> Bool { left.columns == right.columns }
  public func hash(into hasher: inout Hasher) { hasher.combine(columns) }

  public func drawTitles(row: Int, on canvas: inout Canvas, theme: Theme) {
    draw(columns.map { Field($0.title, .quiet) }, row: row, on: &canvas, theme: theme)
  }

  /// Draws a row. The selected one stands in reverse, its states in their own colours, and the
  /// terminal's cursor is parked on it.
  public func draw(
    _ fields: [Field], row: Int, on canvas: inout Canvas, theme: Theme, isSelected: Bool = false,
    isMarked: Bool = false
  ) {
    let ground = isSelected ? theme[.select] : theme[.text]
    if isSelected {
      canvas.fill(Rect(row: row, width: canvas.bounds.width, height: 1), style: ground)
    }
    for (index, field) in fields.prefix(columns.count).enumerated() {
      let place = places[index]
      let width = self.width(of: index, over: field.columns)
      let text = field.text.fitted(to: width, columns[index].alignment)
      let style = isSelected ? theme.selected(field.role) : theme[field.role]
      canvas.put(text, row: row, column: place.start, style: style)
    }
    let glyphs = Glyphs(canvas.alphabet)
    if isMarked { canvas.put(glyphs.mark, row: row, column: 1, style: theme[.newLow]) }
    guard isSelected else { return }
    canvas.put(glyphs.cursor, row: row, column: 0, style: ground)
    canvas.placeCursor(row: row, column: 0)
  }

  /// The cells of a column, or of several and the blanks between them.
  func width(of index: Int, over count: Int = 1) -> Int {
    let last = places[min(index + max(1, count), places.count) - 1]
    return last.start + last.width - places[index].start
  }

  /// The first row to show so that the selected one is in sight, in the middle where it can be.
  public static func top(selected: Int?, count: Int, visible: Int) -> Int {
    guard let selected, visible > 0, count > visible else { return 0 }
    return min(max(0, selected - visible / 2), count - visible)
  }
}
