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
}
