import CNcurses
import Glibc
import Testing

@testable import CursesTerminal
@testable import TextCanvas

/// The table of TextCanvas against the platform's wcwidth, which is what ncurses counts.
@Suite struct GlyphWidthTests {
  @Test func tableEqualsThePlatform() {
    // Other tests run beside this one: the locale is the same for all of them.
    _ = CharacterSet.adopt(environment: ["LC_ALL": "C.UTF-8"])
    setlocale(LC_CTYPE, "C.UTF-8")
    var runs: [UInt32] = []
    var last: GlyphWidth?
    var length: UInt32 = 0
    for value in UInt32(0)...0x10FFFF {
      let width = expected(value)
      if width != last, let ended = last {
        runs.append(length << 2 | ended.rawValue)
        length = 0
      }
      last = width
      length += 1
    }
    if let last { runs.append(length << 2 | last.rawValue) }
    let isEqual = runs == GlyphWidth.runs
    #expect(isEqual, "a fresh table: \(runs.map(String.init).joined(separator: ", "))")
  }

  private func expected(_ value: UInt32) -> GlyphWidth {
    guard let scalar = Unicode.Scalar(value) else { return .hidden }
    let columns = wcwidth(wchar_t(bitPattern: value))
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return .hidden
    default: break
    }
    let isModifier = value == 0x20E3 || (0x1F3FB...0x1F3FF).contains(value)
    if columns < 0 || properties.isDefaultIgnorableCodePoint || isModifier { return .hidden }
    return GlyphWidth(rawValue: UInt32(columns)) ?? .hidden
  }
}
