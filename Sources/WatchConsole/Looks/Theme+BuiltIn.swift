import TextCanvas

extension Theme {
  /// The themes that need no file.
  public static let builtIn: [Theme] = [.default, .light, .mono]

  /// The terminal's own sixteen colours, no background but where trouble needs one: right on dark
  /// grounds, and on most light ones.
  public static let `default` = Theme(
    name: "default",
    styles: [
      .text: .plain,
      .quiet: Style(.dim),
      .title: Style(.bold),
      .select: Style(.reverse),
      .newHigh: Style(.bold, foreground: .white, background: .red),
      .newMedium: Style(.bold, foreground: .red),
      .newLow: Style(.bold),
      .late: Style(foreground: .yellow),
      .blind: Style(.bold, foreground: .magenta),
      .off: Style(.underline),
      .ack: Style(foreground: .cyan),
      .good: Style(foreground: .green),
      .warnLine: Style(foreground: .yellow),
    ])

  /// For light grounds: yellow and cyan would fade there.
  public static let light = Theme(
    name: "light",
    styles: [
      .text: .plain,
      .quiet: Style(.dim),
      .title: Style(.bold),
      .select: Style(.reverse),
      .newHigh: Style(.bold, foreground: .white, background: .red),
      .newMedium: Style(.bold, foreground: .red),
      .newLow: Style(.bold),
      .late: Style([.bold, .underline], foreground: .red),
      .blind: Style(.bold, foreground: .magenta),
      .off: Style(.underline),
      .ack: Style(foreground: .blue),
      .good: Style(.bold, foreground: .green),
      .warnLine: Style(.bold, foreground: .blue),
    ])

  /// Without any colour (NO_COLOR, monochrome terminals).
  public static let mono = Theme(
    name: "mono",
    styles: [
      .text: .plain,
      .quiet: .plain,
      .title: Style(.bold),
      .select: Style(.reverse),
      .newHigh: Style([.reverse, .bold]),
      .newMedium: Style(.bold),
      .newLow: Style(.bold),
      .late: Style(.underline),
      .blind: Style([.bold, .underline]),
      .off: Style(.underline),
      .ack: .plain,
      .good: .plain,
      .warnLine: Style(.bold),
    ])
}

extension Colour {
  static let black = Colour.palette(0)
  static let red = Colour.palette(1)
  static let green = Colour.palette(2)
  static let yellow = Colour.palette(3)
  static let blue = Colour.palette(4)
  static let magenta = Colour.palette(5)
  static let cyan = Colour.palette(6)
  static let white = Colour.palette(7)
}
