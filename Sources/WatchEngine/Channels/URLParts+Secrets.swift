import CloudAPI
import Foundation

extension URLParts {
  /// What of an address whose knowledge is enough to post must not show, however a receiver writes it
  /// back: the whole, and each longer piece by itself, since `\/` and `%2F` may stand between them.
  var secrets: [String] {
    let whole = [path + (query.map { "?\($0)" } ?? ""), path].filter { $0 != "/" }
    let pieces = (path.split(separator: "/") + (query ?? "").split { "&=".contains($0) })
      .map(String.init).filter { $0.utf8.count >= 8 }
    return whole + pieces + pieces.compactMap(\.removingPercentEncoding)
  }
}
