import CloudAPI
import Posix
import WatchCore

/// Where secrets are read, when they are used and never before.
public struct ChannelSecrets: Sendable {
  /// Why there is no secret. Never holds any part of one.
  public enum Problem: Error, Sendable, Equatable {
    case notSet(variable: String)
    case unreadable(path: String, reason: String)
    case notOurs(path: String)
    /// Somebody else may read or write it: its mode.
    case open(path: String, mode: Int)
    case empty(place: String)
    /// More than one line, control characters, or more than 8 KiB.
    case unfit(place: String)
  }

  public var read: @Sendable (SecretPlace) async throws(Problem) -> Secret

  public init(read: @escaping @Sendable (SecretPlace) async throws(Problem) -> Secret) {
    self.read = read
  }

  /// - Parameters:
  ///   - user: whose files are ours.
  ///   - home: where `~/` is.
  public static func live(
    environment: [String: String], home: String, user: UInt32 = OSUser.current.uid
  ) -> ChannelSecrets {
    ChannelSecrets { place throws(Problem) in
      switch place {
      case .environment(let name):
        guard let value = environment[name] else { throw .notSet(variable: name) }
        return try fit(Array(value.utf8), place)
      case .file(let path):
        let whole = path.hasPrefix("~/") ? "\(home)/\(path.dropFirst(2))" : path
        let bytes = try await PosixThread.run(named: "secret") { () throws(Problem) in
          try file(whole, user: user)
        }
        return try fit(bytes, place)
      }
    }
  }

  private static func file(_ path: String, user: UInt32) throws(Problem) -> [UInt8] {
    let facts: FileFacts
    let bytes: [UInt8]
    do throws(PosixError) {
      let file = try File.openForReading(path)
      // Of the open file, not of its name: nobody can put another in its place meanwhile.
      facts = try FileFacts(of: file)
      bytes = try file.read(at: 0, count: 8_193)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    guard facts.owner == user else { throw .notOurs(path: path) }
    guard facts.mode & 0o077 == 0 else { throw .open(path: path, mode: facts.mode) }
    return bytes
  }

  private static func fit(_ bytes: [UInt8], _ place: SecretPlace) throws(Problem) -> Secret {
    var bytes = bytes
    while let last = bytes.last, [0x0A, 0x0D, 0x20, 0x09].contains(last) { bytes.removeLast() }
    if bytes.isEmpty { throw .empty(place: place.text) }
    guard bytes.count <= 8_192, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw .unfit(place: place.text) }
    return Secret(text)
  }
}

extension ChannelSecrets.Problem {
  /// What is wrong, and what to do.
  public var sentence: String {
    switch self {
    case .notSet(let variable): "the variable \(variable) is not set"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .notOurs(let path): "\(path) belongs to somebody else: the secret is not taken from there"
    case .open(let path, let mode):
      "\(path) may be read or changed by others (mode 0\(String(mode, radix: 8))): chmod 600 it"
    case .empty(let place): "\(place) is empty"
    case .unfit(let place): "\(place) is not one line of plain text"
    }
  }
}
