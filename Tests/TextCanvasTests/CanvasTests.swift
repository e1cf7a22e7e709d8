import Testing

@testable import TextCanvas

@Suite struct CanvasTests {
  @Test func textIsCutAtTheEdges() {
    var canvas = Canvas(width: 5, height: 2)
    canvas.put("abcdefgh", row: 0, column: 2)
    canvas.put("abcdefgh", row: 1, column: -3)
    canvas.put("never", row: 2, column: 0)
    canvas.put("never", row: -1, column: 0)
    #expect(canvas.text == ["  abc", "defgh"])
  }

  @Test func wideCharactersAreNeverCutInHalf() {
    var canvas = Canvas(width: 5, height: 3)
    canvas.put("日本語", row: 0, column: 0)
    canvas.put("日本語", row: 1, column: -1)
    canvas.put("日本", row: 2, column: 0)
    canvas.put("x", row: 2, column: 1)
    #expect(canvas.text == ["日本", " 本語", " x本"])
    canvas.put("y", row: 2, column: 2)
    #expect(canvas.text[2] == " xy")
    for row in 0..<3 {
      #expect(canvas.cells(inRow: row).reduce(0) { $0 + $1.columns } == 5)
    }
  }

  @Test func wideOverWideLeavesNoHalf() {
    var canvas = Canvas(width: 6, height: 1)
    canvas.put("日本語", row: 0, column: 0)
    canvas.put("か", row: 0, column: 1)
    #expect(canvas.text == [" か 語"])
  }

  @Test func marksStayOnTheirCell() {
    var canvas = Canvas(width: 4, height: 1)
    canvas.put(SafeText(untrusted: "e\u{301}か\u{3099}x"), row: 0, column: 0)
    #expect(canvas.text == ["e\u{301}か\u{3099}x"])
    #expect(canvas.cells(inRow: 0).map(\.marks.count) == [1, 1, 0, 0])
  }

  @Test func fieldsAreFilledAndCut() {
    var canvas = Canvas(width: 10, height: 2)
    canvas.put("0123456789", row: 0, column: 0)
    let next = canvas.put("ab", row: 0, column: 1, style: Style(.reverse), width: 4)
    canvas.put("abcdef", row: 1, column: 0, width: 4)
    #expect(canvas.text == ["0ab  56789", "ab.."])
    #expect(next == 5)
    #expect(canvas.styleMap { $0 == .plain ? " " : "r" } == [" rrrr", ""])
  }

  @Test func asciiCanvasHoldsOnlyASCII() {
    var canvas = Canvas(width: 6, height: 1, alphabet: .ascii)
    canvas.put(SafeText(untrusted: "é\u{301}日x▇"), row: 0, column: 0)
    #expect(canvas.text == ["???x?"])
  }

  @Test func regionsClipAndNest() {
    var canvas = Canvas(width: 8, height: 3)
    canvas.within(Rect(row: 1, column: 2, width: 4, height: 1)) { pane in
      pane.put("abcdefgh", row: 0, column: 0)
      pane.put("no", row: 1, column: 0)
      pane.within(Rect(row: 0, column: 2, width: 9, height: 9)) { inner in
        inner.put("XYZ", row: 0, column: 0)
        inner.placeCursor(row: 0, column: 1)
        inner.placeCursor(row: 0, column: 2)
      }
      pane.fill(Rect(width: 1, height: 5))
      #expect(pane.bounds == Rect(width: 4, height: 1))
    }
    #expect(canvas.text == ["", "   bXY", ""])
    #expect(canvas.cursor == Canvas.Place(row: 1, column: 5))
    canvas.hideCursor()
    #expect(canvas.cursor == nil)
  }

  @Test func paintKeepsTheText() {
    var canvas = Canvas(width: 4, height: 2)
    canvas.put("abc", row: 0, column: 0)
    canvas.paint(Rect(row: 0, column: 1, width: 9, height: 1), style: Style(.bold))
    #expect(canvas.text == ["abc", ""])
    #expect(canvas.styleMap { $0.attributes == .bold ? "b" : " " } == [" bbb", ""])
  }

  @Test func noSizeAndNoPlaceCrashes() {
    let text: SafeText = "日x"
    for width in -1...4 {
      for height in -1...3 {
        var canvas = Canvas(width: width, height: height)
        for row in -2...4 {
          for column in -3...5 {
            canvas.put(text, row: row, column: column, width: 3)
            canvas.horizontalLine(row: row, columns: column..<(column + 3))
            canvas.verticalLine(column: column, rows: row..<(row + 3))
            canvas.titledLine(row: row, columns: column..<(column + 5), title: "t", trailing: "s")
            canvas.placeCursor(row: row, column: column)
          }
        }
        #expect(canvas.text.count == max(0, height))
        for row in canvas.text { #expect(SafeText(untrusted: row).width <= max(0, width)) }
      }
    }
  }
}
