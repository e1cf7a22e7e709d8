import Foundation
import Posix
import Testing

@testable import Transfer

@Suite struct ProxyTests {
  @Test func `https goes through it, credentials stay inside`() async throws {
    let proxy = try LoopbackServer.answering { _, _ in response(403) }
    let client = try CurlTransfer.client(TransferSettings(proxy: proxy.url()))
    let request = HTTPRequest(
      url: "https://sts.invalid/secret", headers: [HTTPHeader("Authorization", "secret")],
      limits: patient)
    #expect(
      await failure(client, request)
        == .connectFailed(host: "sts.invalid", detail: "the proxy answered 403"))
    let head = try #require(proxy.heads.first)
    #expect(head.hasPrefix("CONNECT sts.invalid:443 HTTP/1.1\r\n"))
    #expect(!head.contains("secret"))
  }

  @Test func `loopback, plain http and exceptions do not`() async throws {
    let proxy = try LoopbackServer.answering { _, _ in response(502) }
    let server = try LoopbackServer.answering { _, _ in response(200) }
    let settings = TransferSettings(proxy: proxy.url(), noProxy: "other.invalid,direct.invalid")
    let client = try CurlTransfer.client(settings)
    let local = HTTPRequest(url: server.url(), limits: patient)
    #expect(try await client.send(local).status == 200)
    let mute = try LoopbackServer { _ in }
    let localTLS = HTTPRequest(url: "https://127.0.0.1:\(mute.port)/", limits: patient)
    #expect(await failure(client, localTLS) != nil)
    #expect(mute.connectionCount == 1)
    let direct = HTTPRequest(url: "https://direct.invalid/", limits: patient)
    #expect(await failure(client, direct) == .nameNotResolved(host: "direct.invalid"))
    let plain = HTTPRequest(url: "http://plain.invalid/", limits: patient, allowPlain: true)
    #expect(await failure(client, plain) == .nameNotResolved(host: "plain.invalid"))
    #expect(proxy.connectionCount == 0)
  }

  /// In a process of its own, for its environment.
  @Test func `the environment does not decide`() async {
    await #expect(processExitsWith: .exitCode(17)) {
      let proxy = try LoopbackServer.answering { _, _ in response(502) }
      for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        setenv(name, proxy.url(), 1)
      }
      let client = try CurlTransfer.client()
      let asked = HTTPRequest(url: "https://asked.invalid/", limits: patient)
      let error = await failure(client, asked)
      let isDirect = error == .nameNotResolved(host: "asked.invalid")
      exit(isDirect && proxy.connectionCount == 0 ? 17 : 1)
    }
  }
}
