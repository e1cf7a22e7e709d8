import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// X1, X2: whatever the cloud or a colleague writes, the screen stays a screen.
@Suite struct HostileTests {
  @Test("X1: only harmless characters reach a cell", arguments: Scene.keys, SceneSize.all)
  func harmless(_ keys: String, _ size: SceneSize) {
    for alphabet in Alphabet.allCases {
      var state = OtherScenes.hostile.state(
        width: size.width, height: size.height, alphabet: alphabet)
      for key in KeyText.keys(keys) { _ = state.handle(.event(.key(key))) }
      for line in Console.render(state).text {
        let bad = line.unicodeScalars.filter { !Self.isHarmless($0, alphabet) }
        #expect(bad.isEmpty, "\(keys) \(size): \(bad.map { String($0.value, radix: 16) })")
      }
    }
  }

  private static func isHarmless(_ scalar: Unicode.Scalar, _ alphabet: Alphabet) -> Bool {
    if alphabet == .ascii { return (0x20...0x7E).contains(scalar.value) }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return false
    default: return true
    }
  }

  @Test(
    "X2: columns and lines stand where they stand with harmless text", arguments: SceneSize.all)
  func columns(_ size: SceneSize) {
    let hostile = Console.render(
      OtherScenes.hostile.state(width: size.width, height: size.height)
    ).text
    let header = hostile.firstIndex { $0.contains("  ST  PRI ID") } ?? 0
    let line = [Character](hostile[header])
    for name in ["PRI", "ID ", "PLACE", "WHAT"] {
      let column = Self.column(of: name, in: line)
      #expect(column > 0)
      for row in hostile[(header + 1)...(header + 3)] {
        #expect([Character](row)[column - 1] == " ", "\(size) \(name): \(row)")
        #expect([Character](row)[column] != " ", "\(size) \(name): \(row)")
      }
    }
  }

  private static func column(of name: String, in line: [Character]) -> Int {
    let word = [Character](name)
    return line.indices.first { line[$0...].starts(with: word) } ?? 0
  }

  @Test("X2: a hostile value is quoted for the shell or named as refused, never pasted raw")
  func commands() {
    let text = Console.render(OtherScenes.hostile.alert(width: 200, height: 60)).text
    #expect(text.contains { $0.contains("--region ''\\''; rm -rf ~ #'") })
    #expect(text.contains { $0.contains("<trail!>") })
    #expect(text.contains { $0.contains("<profile!>") })
    #expect(text.contains { $0.contains("not filled in: trail") })
  }
}
