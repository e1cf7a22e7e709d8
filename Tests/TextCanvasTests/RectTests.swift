import Testing

@testable import TextCanvas

@Suite struct RectTests {
  @Test func splitsStayInside() {
    let whole = Rect(row: 1, column: 2, width: 10, height: 4)
    #expect(whole.splitTop(9).top == whole && whole.splitTop(9).rest.isEmpty)
    #expect(whole.splitTop(1).rest == Rect(row: 2, column: 2, width: 10, height: 3))
    #expect(whole.splitBottom(1).bottom == Rect(row: 4, column: 2, width: 10, height: 1))
    #expect(whole.splitBottom(-1).bottom.isEmpty)
    #expect(whole.splitLeft(3).rest == Rect(row: 1, column: 5, width: 7, height: 4))
  }

  @Test func columnsShareTheWidth() {
    let parts = Rect(width: 80, height: 9).columns(3, gap: 1)
    #expect(parts.map(\.column) == [0, 27, 54])
    #expect(parts.map(\.width) == [26, 26, 26])
    #expect(Rect(width: 8, height: 1).columns(3).map(\.width) == [3, 3, 2])
    #expect(Rect(width: 1, height: 1).columns(3, gap: 1).map(\.width) == [0, 0, 0])
    #expect(Rect(width: 1, height: 1).columns(0).isEmpty)
  }

  @Test func intersectionIsNeverNegative() {
    let left = Rect(width: 3, height: 3)
    #expect(left.intersection(Rect(row: 1, column: 1, width: 9, height: 1)).width == 2)
    #expect(left.intersection(Rect(row: 9, column: 9, width: 1, height: 1)).isEmpty)
    #expect(Rect(width: -4, height: -1).isEmpty)
  }
}
