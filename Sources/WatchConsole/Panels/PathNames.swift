import TextCanvas
import WatchCore

/// What the paths of one cloud are called in a list whose names have so many columns: as full as fits,
/// and no two alike where one of their forms tells them apart.
struct PathNames {
  private let width: Int
  /// How many paths can read so; empty where every full name fits.
  private var readers: [String: Int] = [:]

  init(_ paths: [PathStatus], width: Int) {
    self.width = width
    guard paths.contains(where: { $0.names[0].count > width }) else { return }
    for path in paths {
      for text in Set(path.names.map(cut)) { readers[text, default: 0] += 1 }
    }
  }

  /// The first form that fits and is nobody else's; else the first that fewest others have, cut.
  func name(_ path: PathStatus) -> String {
    func others(_ name: String) -> Int { readers[cut(name)] ?? 1 }
    let fitting = path.names.first { $0.count <= width && others($0) == 1 }
    return fitting ?? path.names.min { others($0) < others($1) }.map(cut) ?? ""
  }

  private func cut(_ name: String) -> String {
    name.count <= width ? name : name.prefix(max(0, width - 2)) + ".."
  }
}
