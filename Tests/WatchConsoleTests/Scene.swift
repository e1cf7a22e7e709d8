import Foundation
import TextCanvas
import WatchCore

@testable import WatchConsole

/// A board at a moment, and the runbooks as they are shipped: what a demo scenario would show.
struct Scene: CustomStringConvertible, Sendable {
  var name: String
  var board: Board
  var now: Timestamp

  var description: String { name }

  /// The runbooks of docs/runbooks.
  static let runbooks: [String: Runbook] = {
    let folder = Golden.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/runbooks")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var books: [String: Runbook] = [:]
    for name in names where name.hasSuffix(".md") {
      guard
        let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8),
        let book = try? Runbook(parsing: text, file: name)
      else { continue }
      books[book.name] = book
    }
    return books
  }()

  func state(width: Int = 80, height: Int = 24, alphabet: Alphabet = .ascii) -> ConsoleState {
    ConsoleState(
      board: board, now: now, zone: SampleBoard.zone, width: width, height: height,
      alphabet: alphabet, runbooks: Scene.runbooks)
  }

  /// The same scene on its first alert's own screen.
  func alert(width: Int = 80, height: Int = 24, alphabet: Alphabet = .ascii) -> ConsoleState {
    var state = state(width: width, height: height, alphabet: alphabet)
    if let id = state.subject?.id { state.show(.alert(id)) }
    return state
  }

  func text(width: Int = 80, height: Int = 24) -> [String] {
    Console.render(state(width: width, height: height)).text
  }
}

extension Scene {
  static let all: [Scene] =
    Accidents.all + [
      Accidents.recovered, OtherScenes.quiet, OtherScenes.flood, OtherScenes.hostile,
      OtherScenes.tampered,
      Scene(name: "story", board: SampleBoard.board(), now: SampleBoard.now), ThreeClouds.scene,
      NobodyTold.scene,
    ]

  static let screens: [String] = ["overview", "alert"]

  /// Keys that lead to every screen and overlay.
  static let keys: [String] = [
    "", "<Enter>", "2", "3", "4", "5", "y", "<Enter><Tab>", "cnote", "2/who:x", "?", "f", "F",
  ]

  static func state(
    _ scene: Scene, _ screen: String, _ width: Int, _ height: Int, _ alphabet: Alphabet = .ascii
  ) -> ConsoleState {
    screen == "alert"
      ? scene.alert(width: width, height: height, alphabet: alphabet)
      : scene.state(width: width, height: height, alphabet: alphabet)
  }
}

/// The three sizes that screens are drawn for.
struct SceneSize: CustomStringConvertible, Sendable {
  var width: Int
  var height: Int
  var description: String { "\(width)x\(height)" }

  static let all: [SceneSize] = [
    SceneSize(width: 80, height: 24), SceneSize(width: 120, height: 40),
    SceneSize(width: 200, height: 60),
  ]
}
