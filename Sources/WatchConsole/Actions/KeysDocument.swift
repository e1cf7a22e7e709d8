/// docs/keys.md, printed from the table.
public enum KeysDocument {
  public static var markdown: String {
    let rows = Action.all.map { action in
      "| \(keys(action)) | `:\(action.name.rawValue)` | \(action.help) |"
    }
    let head = [
      "# Keys", "",
      "Printed from the action table (`Sources/WatchConsole/Actions`); do not edit by hand.", "",
      "| Key | Command | What it does |", "| --- | --- | --- |",
    ]
    return (head + rows).joined(separator: "\n") + "\n"
  }

  private static func keys(_ action: Action) -> String {
    action.keys.isEmpty ? "-" : action.keys.map { "`\($0.text)`" }.joined(separator: " ")
  }
}
