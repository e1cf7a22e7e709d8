import Foundation
import TextCanvas
import Testing

/// Screens as text files in Tests/Golden. `RECORD=1` writes them, and the run still fails: a
/// recording never passes by accident.
enum Golden {
  static let folder = URL(fileURLWithPath: "\(#filePath)")
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")

  static func check(
    _ canvas: Canvas, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    check(
      canvas.text.joined(separator: "\n") + "\n", at: folder.appendingPathComponent(name + ".txt"),
      sourceLocation: sourceLocation)
  }

  static func check(
    _ drawn: String, at file: URL, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let name = file.lastPathComponent
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try? FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? drawn.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("there is no \(name); RECORD=1 writes it", sourceLocation: sourceLocation)
      return
    }
    let difference = difference(kept: lines(kept), drawn: lines(drawn))
    if let difference { Issue.record("\(name) \(difference)", sourceLocation: sourceLocation) }
  }

  private static func lines(_ text: String) -> [String] {
    text.components(separatedBy: "\n")
  }

  /// The first row that differs, both versions and a caret.
  static func difference(kept: [String], drawn: [String]) -> String? {
    guard kept != drawn else { return nil }
    let index = zip(kept, drawn).enumerated().first { $1.0 != $1.1 }?.offset
    guard let index else { return "has \(kept.count) rows, and \(drawn.count) were drawn" }
    let same = zip(kept[index], drawn[index]).prefix { $0 == $1 }.count
    let caret = String(repeating: " ", count: same) + "^"
    return
      "differs in row \(index)\n  kept  \(kept[index])\n  drawn \(drawn[index])\n        \(caret)"
  }
}
