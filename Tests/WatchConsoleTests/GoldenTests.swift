import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// S1, S4: every screen as it was last looked at by a person.
@Suite struct GoldenTests {
  struct Size: CustomStringConvertible, Sendable {
    var width: Int
    var height: Int
    var description: String { "\(width)x\(height)" }
  }

  static let sizes = [
    Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 200, height: 60),
    Size(width: 60, height: 16), Size(width: 40, height: 10),
  ]
  static let tiny = [
    Size(width: 40, height: 8), Size(width: 40, height: 6), Size(width: 20, height: 3),
    Size(width: 10, height: 2), Size(width: 1, height: 1),
  ]

  /// The keys that lead to each screen.
  static let screens: [(name: String, keys: String)] = [
    ("journal", "2"), ("shelved", "3"), ("help", "?"), ("palette", "2:no"), ("raw", "y"),
    ("cloud", ""), ("theme", ":theme<Enter>"), ("note", "2cportal"),
    ("shelve", "2s"), ("posture", "4"), ("posture-all", "4Fjjjj"), ("accept", "4b"),
    ("graph", "5jjjjjjj"), ("check", "4y"), ("quit", "2q"),
  ]

  @Test("S1: screens in ASCII", arguments: screens.map(\.name), sizes)
  func ascii(_ name: String, _ size: Size) {
    Golden.check(draw(name, size, .ascii), "\(name)-\(size)")
  }

  @Test("S1: the same cells in Unicode", arguments: screens.map(\.name), sizes)
  func unicode(_ name: String, _ size: Size) {
    let canvas = draw(name, size, .unicode)
    if size.width == 80 || size.width == 120 { Golden.check(canvas, "\(name)-\(size)-unicode") }
    let plain = draw(name, size, .ascii)
    for row in 0..<size.height {
      let cells = zip(canvas.cells(inRow: row), plain.cells(inRow: row))
      #expect(cells.allSatisfy { $0.columns == $1.columns && $0.style == $1.style }, "row \(row)")
    }
  }

  @Test("S1: mono tells the roles apart by attributes", arguments: screens.map(\.name))
  func mono(_ name: String) {
    var state = reached(name, Size(width: 80, height: 24), .ascii)
    if name == "theme" { return }
    state.theme = .mono
    let canvas = Console.render(state)
    let map = canvas.styleMap(Self.symbol).joined(separator: "\n")
    #expect(!map.contains("?"))
    Golden.check(TextFile(map).canvas, "\(name)-80x24-mono-styles")
  }

  @Test("S4: the small tiers", arguments: tiny)
  func small(_ size: Size) {
    Golden.check(Console.render(start(size, .ascii)), "overview-\(size)")
  }

  @Test("S4: the overview under 80x24", arguments: [sizes[3], sizes[4]])
  func smallOverview(_ size: Size) {
    Golden.check(Console.render(start(size, .ascii)), "overview-\(size)")
    Golden.check(Console.render(start(size, .unicode)), "overview-\(size)-unicode")
  }

  private func start(_ size: Size, _ alphabet: Alphabet) -> ConsoleState {
    SampleBoard.state(width: size.width, height: size.height, alphabet: alphabet)
  }

  private func reached(_ name: String, _ size: Size, _ alphabet: Alphabet) -> ConsoleState {
    var state = start(size, alphabet)
    let keys = Self.screens.first { $0.name == name }?.keys ?? ""
    for key in KeyText.keys(keys) { _ = state.handle(.event(.key(key))) }
    if name == "cloud" {
      state = start(size, alphabet)
      state.show(.cloud(.aws))
    }
    return state
  }

  private func draw(_ name: String, _ size: Size, _ alphabet: Alphabet) -> Canvas {
    Console.render(reached(name, size, alphabet))
  }

  static func symbol(_ style: Style) -> Character {
    guard style.foreground == .terminal, style.background == .terminal else { return "?" }
    switch style.attributes {
    case []: return "."
    case .bold: return "b"
    case .underline: return "u"
    case .reverse: return "r"
    case [.reverse, .bold]: return "R"
    case [.bold, .underline]: return "B"
    case [.reverse, .underline]: return "U"
    case [.reverse, .bold, .underline]: return "X"
    default: return "?"
    }
  }
}

/// Lines as a canvas, so that goldens of any text are compared in one way.
struct TextFile {
  var canvas: Canvas

  init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    canvas = Canvas(width: lines.map(\.count).max() ?? 0, height: lines.count, alphabet: .ascii)
    for (row, line) in lines.enumerated() {
      canvas.put(SafeText(untrusted: line), row: row, column: 0)
    }
  }
}
