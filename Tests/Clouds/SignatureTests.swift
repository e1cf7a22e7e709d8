import CloudAPI
import Crypto
import Foundation
import Posix
import Testing
import Transfer

/// Our signatures are botocore's, header for header, over requests that nobody chose.
@Suite(.enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct SignatureTests {
  private struct Line: Encodable {
    var service: String
    var region: String
    var key: String
    var secret: String
    var token: String?
    var at: Int
    var method: String
    var url: String
    var headers: [[String]]
    var body: String
    var signed: [String: String]
  }

  static let count = 4_000

  @Test(.timeLimit(.minutes(12)))
  func signaturesAreBotocores() async throws {
    let folder = try ScratchFolder()
    var requests = RandomRequests(seed: 7)
    let encoder = JSONEncoder()
    var lines: [String] = []
    for _ in 0..<Self.count {
      lines.append(String(decoding: try encoder.encode(line(requests.next())), as: UTF8.self))
    }
    let file = try folder.write(lines.joined(separator: "\n"), to: "requests.jsonl")
    let outcome = try await CloudsPython().run("sigv4_compare.py", [file])
    let said = String(decoding: outcome.errorOutput, as: UTF8.self)
    #expect(outcome.ending == .exited(0), "\(said)")
    #expect(String(decoding: outcome.output, as: UTF8.self) == "\(Self.count)\n")
  }

  private func line(_ made: RandomRequests.Case) throws -> Line {
    let signed = try made.signer.signed(made.request, at: made.at)
    let added = ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"]
    var values: [String: String] = [:]
    for header in signed.headers where added.contains(header.name.lowercased()) {
      values[header.name] = header.value
    }
    return Line(
      service: made.signer.service, region: made.signer.region,
      key: made.signer.credentials.accessKeyID, secret: made.secret, token: made.token,
      at: Int(made.at.timeIntervalSince1970), method: made.request.method, url: made.request.url,
      headers: made.request.headers.map { [$0.name, $0.value] },
      body: Hex.encode(made.request.body), signed: values)
  }
}
