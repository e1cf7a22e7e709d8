import Testing

@testable import TextCanvas

@Suite struct CanvasLineTests {
  private func grid(_ alphabet: Alphabet) -> [String] {
    var canvas = Canvas(width: 7, height: 5, alphabet: alphabet)
    for row in [0, 2, 4] { canvas.horizontalLine(row: row, columns: 0..<7) }
    for column in [0, 3, 6] { canvas.verticalLine(column: column, rows: 0..<5) }
    return canvas.text
  }

  @Test func junctions() {
    #expect(grid(.unicode) == ["┌──┬──┐", "│  │  │", "├──┼──┤", "│  │  │", "└──┴──┘"])
    #expect(grid(.ascii) == ["+--+--+", "|  |  |", "+--+--+", "|  |  |", "+--+--+"])
  }

  @Test func aLineThatEndsInTheOpen() {
    var canvas = Canvas(width: 5, height: 3)
    canvas.horizontalLine(row: 0, columns: 0..<5)
    canvas.verticalLine(column: 2, rows: 0..<3)
    #expect(canvas.text == ["──┬──", "  │", "  │"])
  }

  @Test func panelTitles() {
    var canvas = Canvas(width: 53, height: 2, alphabet: .ascii)
    canvas.horizontalLine(row: 0, columns: 0..<53)
    canvas.verticalLine(column: 26, rows: 0..<2)
    canvas.titledLine(row: 0, columns: 0..<26, title: "AWS", trailing: "ok, 2 open")
    canvas.titledLine(row: 0, columns: 27..<53, title: "AZURE", trailing: "FAILING")
    #expect(
      canvas.text == [
        "-- AWS ----- ok, 2 open --+-- AZURE ------ FAILING --",
        "                          |",
      ])
  }

  @Test(arguments: [
    (24, "-- RUNBOOK --- step 2 --"), (21, "-- RUNB.. - step 2 --"), (12, "-- step 2 --"),
    (9, "-- s.. --"), (4, "----"), (1, "-"), (0, ""),
  ])
  func titlesGiveWay(width: Int, expected: String) {
    var canvas = Canvas(width: width, height: 1, alphabet: .ascii)
    canvas.titledLine(row: 0, columns: 0..<width, title: "RUNBOOK", trailing: "step 2")
    #expect(canvas.text == [expected])
  }
}
