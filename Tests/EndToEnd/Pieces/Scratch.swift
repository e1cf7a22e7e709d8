import Foundation

/// A folder of a test's own, which goes when the last reference does.
final class Scratch: Sendable {
  let path: String

  init() throws {
    var name = Array("/tmp/watchkeeper-test-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw CocoaError(.fileWriteUnknown) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
