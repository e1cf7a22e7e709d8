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
    let file = folder.appendingPathComponent(name + ".txt")
    let drawn = canvas.text
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try? (drawn.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("there is no golden \(name); RECORD=1 writes it", sourceLocation: sourceLocation)
      return
    }
    var kept = text.components(separatedBy: "\n")
    if kept.last?.isEmpty == true { kept.removeLast() }
    if let difference = difference(kept: kept, drawn: drawn) {
      Issue.record("\(name) \(difference)", sourceLocation: sourceLocation)
    }
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
