import Glibc
import Posix

/// One plain HTTP/1.1 exchange with 127.0.0.1, for steering test servers: no names, no TLS, no
/// reuse; two minutes at most.
struct LoopbackHTTP: Sendable {
  var port: UInt16

  struct Answer: Sendable {
    var status: Int
    var body: [UInt8]
  }

  func send(_ method: String, _ path: String, body: String = "") async throws -> Answer {
    let text =
      "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
      + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    let port = port
    return try await PosixThread.run(named: "loopback") { () throws(LoopbackError) in
      try Self.exchange([UInt8](text.utf8), port: port)
    }
  }

  private static func exchange(_ request: [UInt8], port: UInt16) throws(LoopbackError) -> Answer {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw .refused(errno) }
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 120, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw .refused(errno) }
    var rest = request[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { throw .cut(errno) }
      rest = rest.dropFirst(sent)
    }
    return try parse(receive(descriptor))
  }

  private static func receive(_ descriptor: Int32) throws(LoopbackError) -> [UInt8] {
    var whole: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let got = recv(descriptor, &piece, piece.count, 0)
      if got == 0 { return whole }
      guard got > 0 else { throw .cut(errno) }
      whole += piece[..<got]
    }
  }

  private static func parse(_ whole: [UInt8]) throws(LoopbackError) -> Answer {
    let end = Array("\r\n\r\n".utf8)
    guard whole.count >= end.count,
      let split = (0...(whole.count - end.count)).first(where: { whole[$0...].starts(with: end) })
    else { throw .unreadable }
    let words = String(decoding: whole[..<split], as: UTF8.self).split(separator: " ", maxSplits: 2)
    guard words.count >= 2, let status = Int(words[1]) else { throw .unreadable }
    return Answer(status: status, body: Array(whole[(split + end.count)...]))
  }
}

/// Why a test server did not answer; the numbers are errno.
enum LoopbackError: Error, Equatable {
  case refused(Int32)
  case cut(Int32)
  case unreadable
}
