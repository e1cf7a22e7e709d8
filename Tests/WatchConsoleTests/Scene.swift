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
