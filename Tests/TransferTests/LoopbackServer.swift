import Foundation
import Posix
import Synchronization
import Transfer

/// A server on 127.0.0.1 that does what a test says, well or badly: one thread per connection.
final class LoopbackServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let stop: WakePipe
  private let accepted = Mutex(0)
  private let requests = Mutex<[String]>([])

  /// `serve` runs once per connection, on its thread; the connection is closed when it returns.
  init(_ serve: @escaping @Sendable (Connection) -> Void) throws {
    (listener, port) = try Self.listen(backlog: 1024)
    stop = try WakePipe()
    let (listener, stop) = (listener, stop)
    let weakly = Weakly(self)
    try PosixThread.start(named: "server") {
      while true {
        guard
          case .ready(let ready) = Poller.wait([listener, stop.readDescriptor], timeoutMillis: nil)
        else { continue }
        if ready.readable.contains(stop.readDescriptor) { break }
        let socket = accept(listener, nil, nil)
        guard socket >= 0 else { continue }
        weakly.server?.accepted.withLock { $0 += 1 }
        let connection = Connection(socket: socket) { head in
          weakly.server?.requests.withLock { $0.append(head) }
        }
        try? PosixThread.start(named: "connection") { serve(connection) }
      }
      close(listener)
    }
  }

  deinit {
    stop.wake()
  }

  /// Answers every request of every connection with what the function says; nil hangs up.
  static func answering(
    _ answer: @escaping @Sendable (_ head: String, _ body: [UInt8]) -> String?
  ) throws -> LoopbackServer {
    try LoopbackServer { connection in
      while let request = connection.request() {
        guard let response = answer(request.head, request.body) else { return }
        connection.send(response)
      }
    }
  }

  func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

  var connectionCount: Int { accepted.withLock { $0 } }
  /// The heads of all requests so far, as they came.
  var heads: [String] { requests.withLock { $0 } }

  /// - Parameter backlog: nil takes a port and does not listen: who connects is refused, and nobody
  ///   else gets the port meanwhile.
  static func listen(backlog: Int32?) throws -> (socket: Int32, port: UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) + (backlog.map { Glibc.listen(listener, $0) } ?? 0)
          + getsockname(listener, generic, &size)
      }
    }
    guard listener >= 0, code == 0 else { throw PosixError(code: errno, call: "listen") }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  private final class Weakly: Sendable {
    weak let server: LoopbackServer?
    init(_ server: LoopbackServer) { self.server = server }
  }
}

/// The server's side of one connection. Its calls block.
final class Connection: Sendable {
  let socket: Int32
  private let note: @Sendable (String) -> Void

  init(socket: Int32, note: @escaping @Sendable (String) -> Void) {
    self.socket = socket
    self.note = note
  }

  deinit {
    close(socket)
  }

  /// The next request, or nil when the client has gone.
  func request() -> (head: String, body: [UInt8])? {
    var bytes: [UInt8] = []
    while true {
      if let end = Self.headEnd(bytes) {
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let length = Self.contentLength(head)
        while bytes.count < end + length {
          guard let more = receive() else { return nil }
          bytes += more
        }
        note(head)
        return (head, Array(bytes[end...]))
      }
      guard let more = receive() else { return nil }
      bytes += more
    }
  }

  /// False when the client has gone.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The client gets a reset instead of an end.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Returns when the client has gone.
  func waitForEnd() {
    while receive() != nil {}
  }

  private func receive() -> [UInt8]? {
    var piece = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &piece, piece.count, 0)
    return count > 0 ? Array(piece[..<count]) : nil
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
  }

  private static func contentLength(_ head: String) -> Int {
    for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
      return Int(line.dropFirst(15).drop { $0 == " " }) ?? 0
    }
    return 0
  }
}

/// A whole HTTP/1.1 answer as text.
func response(_ status: Int = 200, _ body: String = "", headers: [String] = []) -> String {
  let lines = ["HTTP/1.1 \(status) Some Words", "Content-Length: \(body.utf8.count)"] + headers
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// Runs `send` and gives the error, or records an issue.
func failure(_ client: HTTPClient, _ request: HTTPRequest) async -> HTTPError? {
  do {
    _ = try await client.send(request)
    return nil
  } catch {
    return error
  }
}
