import Posix
import WatchCore

/// What only the process that holds the lease can do, and what others ask of it.
public enum WatchRequest: Hashable, Sendable {
  /// Look now: at one source, or at everything.
  case probe(SourceID?)
  /// A service stands by: give the lease up to it. Asked of a console.
  case lease(pid: Int, host: String)
}

/// Requests to the watch: a small file each, taken away when it was read. Not the journal, since
/// they are no evidence of anything, and an older version must not stumble over them. Whoever may
/// write here may write the journal too: the folder is the state folder's owner's alone.
public struct RequestFolder: Sendable {
  private let folder: StateFolder

  private static let byteLimit = 4096
  /// Files taken at once; more come at the next look.
  private static let countLimit = 64

  public init(_ folder: StateFolder) {
    self.folder = folder
  }

  public var path: String { folder.requestFolder }

  /// Leaves a request. Blocks.
  ///
  /// - Parameter name: tells this request from others that wait; a later one of the same name
  ///   takes its place.
  public func leave(_ request: WatchRequest, name: String) throws(JournalError) {
    try JournalError.wrap { () throws(PosixError) in
      try Directory.create(path)
      let bytes = Array((Self.json(request).line + "\n").utf8)
      try File.replace("\(path)/\(name).json", with: bytes, synced: false)
    }
  }

  /// What waits, by name, and takes it away; what is no request goes too, and is told of. Blocks.
  public func take() -> (requests: [WatchRequest], problems: [String]) {
    guard let names = try? Directory.names(in: path) else { return ([], []) }
    var requests: [WatchRequest] = []
    var problems: [String] = []
    for name in names.filter({ $0.hasSuffix(".json") }).prefix(Self.countLimit) {
      let file = "\(path)/\(name)"
      let request = Self.read(file)
      // One that cannot be taken away would be obeyed for ever.
      guard (try? File.remove(file)) != nil else { continue }
      if let request {
        requests.append(request)
      } else {
        problems.append("requests/\(name.shortened(to: 60)) is no request: ignored".plainLine)
      }
    }
    return (requests, problems)
  }

  private static func read(_ path: String) -> WatchRequest? {
    guard let facts = try? FileFacts(path: path), facts.kind == .regular,
      !facts.isWritableByOthers, let bytes = try? File.readAll(path, limit: byteLimit),
      let json = try? JSON(bytes: bytes, maxDepth: 4)
    else { return nil }
    switch json["ask"]?.string {
    case "probe":
      guard let text = json["source"]?.string else { return .probe(nil) }
      return SourceID(text: text).map(WatchRequest.probe)
    case "lease":
      guard let pid = json["pid"]?.int, let host = json["host"]?.string else { return nil }
      return .lease(pid: pid, host: host)
    default: return nil
    }
  }

  private static func json(_ request: WatchRequest) -> JSON {
    switch request {
    case .probe(let source):
      .facts([("v", 1), ("ask", "probe"), ("source", source.map { .string($0.text) })])
    case .lease(let pid, let host):
      .facts([
        ("v", 1), ("ask", "lease"), ("pid", .int(Int64(pid))), ("host", .string(host)),
      ])
    }
  }
}
