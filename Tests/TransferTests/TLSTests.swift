import Foundation
import Posix
import Testing

@testable import Transfer

/// Against `openssl s_server`, where that program is there.
@Suite(.enabled(if: (try? ChildProcess.find("openssl", path: nil)) != nil))
struct TLSTests {
  @Test func `an authority of one's own, and nobody else's`() async throws {
    let server = try await TLSServer()
    let url = "https://127.0.0.1:\(server.port)/"
    let trusting = try CurlTransfer.client(TransferSettings(caBundle: server.certificate))
    let answer = try await trusting.send(HTTPRequest(url: url, limits: patient))
    #expect(answer.status == 200)

    let strange = try CurlTransfer.client()
    let error = await failure(strange, HTTPRequest(url: url, limits: patient))
    guard case .tls(host: "127.0.0.1", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `the right authority under a wrong name`() async throws {
    let server = try await TLSServer()
    let trusting = try CurlTransfer.client(TransferSettings(caBundle: server.certificate))
    let url = "https://localhost:\(server.port)/"
    let error = await failure(trusting, HTTPRequest(url: url, limits: patient))
    guard case .tls(host: "localhost", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}

/// A web server with a certificate for 127.0.0.1 made for the occasion.
final class TLSServer: Sendable {
  let port: UInt16
  let certificate: String
  private let directory: String
  private let terminal: PseudoTerminal

  init() async throws {
    var template = Array("/tmp/transfer-tests-XXXXXX".utf8CString)
    directory = try #require(mkdtemp(&template).map { String(cString: $0) })
    let certificate = "\(directory)/certificate.pem"
    let key = "\(directory)/key.pem"
    self.certificate = certificate
    let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": directory]
    let made = try await ChildProcess.run(
      arguments: [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
      ], environment: environment, deadlineMillis: 180_000)
    try #require(made.succeeded, "\(String(decoding: made.errorOutput, as: UTF8.self))")

    terminal = try PseudoTerminal(size: TerminalSize(rows: 24, columns: 200))
    let terminal = terminal
    port = try await PosixThread.run(named: "server") {
      try terminal.spawn(
        arguments: [
          "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key,
          "-www",
        ], environment: environment)
      return try #require(Self.port(in: terminal))
    }
    // Somebody must read what it says, or it stops.
    try PosixThread.start(named: "reader") { [weak terminal] in
      while terminal?.read(withinMillis: 100) != nil {}
    }
  }

  deinit {
    terminal.signal(SIGKILL)
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// It says "ACCEPT 127.0.0.1:39123".
  private static func port(in terminal: PseudoTerminal) -> UInt16? {
    let deadline = MonotonicClock.millis() + 180_000
    var shown = ""
    while MonotonicClock.millis() < deadline, let bytes = terminal.read(withinMillis: 1000) {
      shown += String(decoding: bytes, as: UTF8.self)
      for line in shown.split(whereSeparator: \.isNewline) where line.hasPrefix("ACCEPT") {
        if shown.last?.isNewline == true, let number = line.split(separator: ":").last {
          return UInt16(number)
        }
      }
    }
    return nil
  }
}
