import Foundation
import Posix
import WatchConsole
import WatchCore

/// Themes, runbooks and demo data: first the user's own, then those installed beside the program,
/// then those of the checkout that holds it.
struct Resources {
  /// Folders that may hold `runbooks/`, `themes/` and `demo-data/`, the first one winning.
  private let configuration: String?
  private let installed: String?
  private let checkout: String?

  init(configurationFolder: String?) {
    configuration = configurationFolder
    let program = Self.executable()
    let bin = program.map(Self.parent)
    installed = bin.map { "\(Self.parent($0))/share/watchkeeper" }
    checkout = bin.flatMap(Self.checkout)
  }

  var demoData: String? {
    [installed.map { "\($0)/demo-data" }, checkout.map { "\($0)/demo-data" }]
      .compactMap { $0 }.first(where: Self.isFolder)
  }

  /// By file name without `.md`. A file that cannot be read is told of and left out; a user's own
  /// takes a shipped one's place.
  func runbooks() -> (runbooks: [String: Runbook], problems: [String]) {
    let folders = [
      checkout.map { "\($0)/docs/runbooks" }, installed.map { "\($0)/runbooks" },
      configuration.map { "\($0)/runbooks" },
    ]
    var runbooks: [String: Runbook] = [:]
    var problems: [String] = []
    for path in folders.compactMap({ $0 }).flatMap({ Self.files($0, ending: ".md") }) {
      guard let text = Self.text(path) else {
        problems.append("\(path): cannot be read as text")
        continue
      }
      do throws(RunbookError) {
        let runbook = try Runbook(parsing: text, file: path)
        runbooks[Self.stem(path)] = runbook
      } catch {
        problems.append(error.description)
      }
    }
    return (runbooks, problems)
  }

  /// The built-in themes and those in files, and what is wrong with the latter.
  func themes() -> (themes: [Theme], problems: [String]) {
    let folders = [
      checkout.map { "\($0)/themes" }, installed.map { "\($0)/themes" },
      configuration.map { "\($0)/themes" },
    ]
    var themes: [String: Theme] = [:]
    var problems: [String] = []
    for theme in Theme.builtIn { themes[theme.name] = theme }
    for path in folders.compactMap({ $0 }).flatMap({ Self.files($0, ending: ".theme") }) {
      guard let text = Self.text(path) else {
        problems.append("\(path): cannot be read as text")
        continue
      }
      do {
        themes[Self.stem(path)] = try ThemeFile.parse(text, name: Self.stem(path))
      } catch {
        problems.append("\(path): \(error.sentence)")
      }
    }
    return (themes.values.sorted { $0.name < $1.name }, problems)
  }

  static func text(_ path: String) -> String? {
    guard let bytes = try? File.readAll(path, limit: 1 << 20) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func files(_ folder: String, ending: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted()
      .map { "\(folder)/\($0)" }
  }

  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.split(separator: ".").dropLast().joined(separator: ".")
  }

  private static func parent(_ path: String) -> String {
    path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The program's own file.
  static func executable() -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  }

  /// The folder above with a Package.swift of ours: the program runs from its build folder.
  private static func checkout(above folder: String) -> String? {
    var folder = folder
    for _ in 0..<6 where !folder.isEmpty {
      if FileManager.default.fileExists(atPath: "\(folder)/Package.swift"),
        isFolder("\(folder)/docs/runbooks")
      {
        return folder
      }
      folder = parent(folder)
    }
    return nil
  }
}
