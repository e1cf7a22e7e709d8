import TextCanvas

/// How each role looks.
public struct Theme: Hashable, Sendable {
  public var name: String
  private var styles: [ColourRole: Style]

  /// A role that is not given looks like text.
  public init(name: String, styles: [ColourRole: Style]) {
    self.name = name
    self.styles = styles
  }

  public subscript(role: ColourRole) -> Style {
    get { styles[role] ?? styles[.text] ?? .plain }
    set { styles[role] = newValue }
  }

  /// A role on the cursor's row: in reverse, unless it has a ground of its own to be known by.
  public func selected(_ role: ColourRole) -> Style {
    let (style, select) = (self[role], self[.select])
    guard style.background == .terminal else { return style }
    var both = select
    both.attributes.formUnion(style.attributes.subtracting(.dim))
    if select.foreground == .terminal { both.foreground = style.foreground }
    return both
  }
}
