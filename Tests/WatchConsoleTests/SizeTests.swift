import Foundation
import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// Every screen at every size.
@Suite struct SizeTests {
  /// Set by `make bench SIZES=all`: minutes, even on a machine at rest.
  static let isAll = ProcessInfo.processInfo.environment["WATCHKEEPER_ALL_SIZES"] != nil
  static let heights = isAll ? Array(1...70) : [1, 2, 3, 5, 6, 7, 10, 16, 23, 24, 40, 60]
  static let widths = [1, 9, 19, 20, 40, 59, 60, 79, 80, 119, 120, 200]

  /// Between them the screens cover every width and height; `make bench SIZES=all` draws all.
  @Test("S3: every width at twelve heights, every height at twelve widths", arguments: Scenes.names)
  func sizes(_ name: String) {
    let desk = Scenes.desk(name)
    let phase = Scenes.names.firstIndex(of: name) ?? 0
    for width in stride(from: 1 + phase % Self.step, through: 220, by: Self.step) {
      for height in Self.heights { check(desk, name, width, height) }
    }
    for height in stride(from: 1 + phase % Self.step, through: 70, by: Self.step) {
      for width in Self.widths { check(desk, name, width, height) }
    }
    check(desk, name, 0, 0)
    check(desk, name, 300, 1)
    check(desk, name, 1, 300)
  }

  static let step = isAll ? 1 : 10

  private func check(_ desk: Desk, _ name: String, _ width: Int, _ height: Int) {
    let canvas = Scenes.frame(desk, width: width, height: height)
    guard canvas.width == width, canvas.height == height else {
      Issue.record("\(name): \(width)x\(height) was drawn as \(canvas.width)x\(canvas.height)")
      return
    }
    if let cursor = canvas.cursor, cursor.row >= height || cursor.column >= width {
      Issue.record("\(name) \(width)x\(height): the cursor is outside")
    }
    // The only scene with wide characters.
    guard name.hasPrefix("hostile") else { return }
    for row in 0..<height where !isWhole(canvas.cells(inRow: row)) {
      Issue.record("\(name) \(width)x\(height): half a character in row \(row)")
    }
  }

  private func isWhole(_ cells: ArraySlice<Cell>) -> Bool {
    var left = 0
    for cell in cells {
      if cell.isContinuation != (left > 0) { return false }
      left = cell.isContinuation ? left - 1 : cell.columns - 1
    }
    return left == 0
  }

  @Test("X1: no screen holds a control, direction mark or invisible character")
  func harmless() {
    var desk = Scenes.desk("hostile")
    desk.press("n")
    for keys in ["", "<Enter>", "<Enter>r", "2", "2y", "y", "3", "A\u{301}", "?x", "/x<Enter>"] {
      var there = desk
      there.press(keys)
      for (width, height) in [(80, 24), (120, 40), (200, 60), (40, 10), (10, 2)] {
        let text = Scenes.frame(there, width: width, height: height).text.joined()
        let bad = text.unicodeScalars.first { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            true
          default: false
          }
        }
        #expect(bad == nil, "\(keys) \(width)x\(height)")
        let plain = Scenes.frame(there, width: width, height: height, .ascii).text.joined()
        #expect(plain.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "\(keys) \(width)x\(height)")
      }
    }
  }

  @Test("A1: the terminal's cursor is on the selected row of every list")
  func cursor() {
    for (keys, text) in [
      ("", "A-0141"), ("j", "A-0143"), ("2", "428"), ("2j", "427"), ("3", "A-0137"), ("4", "FAILS"),
      ("5", "trail org-trail"),
    ] {
      for (width, height) in [(80, 24), (120, 40), (200, 60), (60, 16), (40, 10)] {
        var desk = Desk()
        desk.press(keys)
        let canvas = Scenes.frame(desk, width: width, height: height)
        guard let cursor = canvas.cursor else {
          Issue.record("\(keys) \(width)x\(height): no cursor")
          continue
        }
        #expect(canvas.text[cursor.row].contains(text), "\(keys) \(width)x\(height)")
      }
    }
  }

  @Test("H2: a NEW alert that is not on the screen is named on it, with count, highest and place")
  func elsewhere() {
    for name in Scenes.names where name != "empty" && !name.hasPrefix("hostile") {
      for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let desk = Scenes.desk(name)
        let overview = desk.state.screen == .overview && desk.state.overlay == nil
        if overview { continue }
        var state = desk.state
        state.prompt = nil
        state.message = nil
        if state.overlay == .palette { state.overlay = nil }
        guard state.screen != .overview || state.overlay != nil else { continue }
        _ = state.handle(.event(.resized(columns: width, rows: height)))
        let text = Console.render(state).text.joined(separator: "\n")
        let isAlert = state.screen == .alert(AlertID(141))
        #expect(
          text.contains(
            isAlert ? "elsewhere: 1 more NEW (A-0143" : "elsewhere: 3 NEW (A-0141 HIGH prod"),
          "\(name) \(width)x\(height)")
      }
    }
  }

  @Test("S7: two frames a second apart differ in clocks, ages and countdowns only")
  func still() {
    for name in Scenes.names {
      var desk = Scenes.desk(name)
      let before = Scenes.frame(desk, width: 120, height: 40, .ascii).text
      desk.wait(1)
      let after = Scenes.frame(desk, width: 120, height: 40, .ascii).text
      for (old, new) in zip(before, after) {
        #expect(Self.words(old) == Self.words(new), "\(name)")
      }
    }
  }

  /// The text without digits and units, and runs of blanks as one.
  private static func words(_ line: String) -> [String] {
    line.split(whereSeparator: { $0.isNumber || $0.isWhitespace || ":dhms.|".contains($0) }).map(
      String.init)
  }

  @Test(
    "S4: at 20x3 NEW and the worst cloud, at 40x10 also trail status and the step; at 1x1 alive")
  func facts() {
    let tiny = Scenes.frame(Desk(), width: 20, height: 3).text.joined(separator: "\n")
    #expect(tiny.contains("NEW 3") && tiny.contains("AWS   FAILING"))
    for height in 6...10 {
      let small = Scenes.frame(Desk(), width: 40, height: height).text.joined(separator: "\n")
      for fact in [
        "NEW 3", "AWS   FAILING", "trail use1 FAILING", "step 2/6 Was it", "NEW !!! A-0141",
      ] {
        #expect(small.contains(fact), "40x\(height): \(fact)")
      }
    }
    #expect(Scenes.frame(Desk(), width: 1, height: 1).text == ["N"])
  }
}
