import Foundation

/// The files that credentials may come from, behind one closure.
public struct CredentialFiles: Sendable {
  public enum Problem: Error, Sendable, Equatable {
    case missing
    case notAFile
    case tooLarge(limit: Int)
    case unreadable(reason: String)
  }

  /// The whole file, at most `sizeLimit` bytes.
  public var read: @Sendable (_ path: String) throws(Problem) -> [UInt8]

  public init(read: @escaping @Sendable (_ path: String) throws(Problem) -> [UInt8]) {
    self.read = read
  }

  /// Configuration, credentials and token files are small; more is a mistake. In bytes.
  public static let sizeLimit = 1 << 20

  /// Regular files only: a pipe or a device would block a thread that is not ours. `/dev/null` is
  /// how people say "no file", and reads as empty.
  public static let live = CredentialFiles { (path) throws(Problem) in
    if path == "/dev/null" { return [] }
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    } catch {
      guard FileManager.default.fileExists(atPath: path) else { throw .missing }
      throw .unreadable(reason: "it cannot be looked at")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else { throw .notAFile }
    let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard size <= sizeLimit else { throw .tooLarge(limit: sizeLimit) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(reason: "it cannot be opened")
    }
    return Array(data)
  }

  /// No files at all: tests, the demo.
  public static let none = CredentialFiles { (_) throws(Problem) in throw .missing }
}
