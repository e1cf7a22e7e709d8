import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// S1: the overview and the alert screen of every scene, as they were last looked at by a person.
@Suite struct SceneTests {
  @Test("S1: scenes in ASCII", arguments: Scene.all, SceneSize.all)
  func ascii(_ scene: Scene, _ size: SceneSize) {
    for name in Scene.screens where !(scene.name == "quiet" && name == "alert") {
      let canvas = Console.render(Scene.state(scene, name, size.width, size.height))
      Golden.check(canvas, "\(name)-\(scene)-\(size)")
    }
  }

  @Test("S1: the same cells in Unicode, with lines and blocks", arguments: Scene.all, SceneSize.all)
  func unicode(_ scene: Scene, _ size: SceneSize) {
    for name in Scene.screens {
      let canvas = Console.render(Scene.state(scene, name, size.width, size.height, .unicode))
      if scene.name == "stop-logging" { Golden.check(canvas, "\(name)-\(scene)-\(size)-unicode") }
      // Hostile text is wider where its codes are written out.
      guard scene.name != "hostile" else { continue }
      let plain = Console.render(Scene.state(scene, name, size.width, size.height))
      for row in 0..<size.height {
        let cells = zip(canvas.cells(inRow: row), plain.cells(inRow: row))
        #expect(
          cells.allSatisfy { $0.columns == $1.columns && $0.style == $1.style }, "\(name) \(row)")
      }
    }
  }

  @Test("S1: the roles in mono, by attributes", arguments: ["stop-logging", "recovered", "story"])
  func mono(_ name: String) throws {
    let scene = try #require(Scene.all.first { $0.name == name })
    for screen in Scene.screens {
      var state = Scene.state(scene, screen, 80, 24)
      state.theme = .mono
      let map = Console.render(state).styleMap(GoldenTests.symbol).joined(separator: "\n")
      #expect(!map.contains("?"))
      Golden.check(TextFile(map).canvas, "\(screen)-\(scene)-80x24-mono-styles")
    }
  }

  @Test("S7: a second later nothing but times and ages has changed", arguments: Scene.all)
  func twin(_ scene: Scene) {
    for size in SceneSize.all {
      for name in Scene.screens {
        var state = Scene.state(scene, name, size.width, size.height)
        let before = Console.render(state).text
        _ = state.handle(.tick(state.now + .seconds(1)))
        let after = Console.render(state).text
        #expect(
          zip(before, after).allSatisfy { Self.words($0) == Self.words($1) }, "\(scene) \(name)")
      }
    }
  }

  /// The line without figures and the blanks that make room for them.
  private static func words(_ line: String) -> String {
    String(line.filter { !$0.isNumber && $0 != " " && $0 != "-" && $0 != "." })
  }

  @Test("S3: the scenes at sizes that follow no tier", arguments: [7, 23, 25, 39, 41, 59, 61])
  func sizes(_ height: Int) {
    for width in stride(from: 20 + height % 5, through: 220, by: 5) { check(width, height) }
  }

  /// One scene for each size, in turn.
  private func check(_ width: Int, _ height: Int) {
    let scene = Scene.all[(width * 7 + height * 3) % Scene.all.count]
    for name in Scene.screens {
      let canvas = Console.render(Scene.state(scene, name, width, height, .unicode))
      for row in 0..<height {
        let cells = canvas.cells(inRow: row)
        #expect(cells.count == width)
        let isWhole = zip(cells, cells.dropFirst()).allSatisfy {
          $0.columns != 2 || $1.columns == 0
        }
        #expect(isWhole && cells.last?.columns != 2 && cells.first?.columns != 0, "\(name) \(row)")
      }
    }
  }
}
