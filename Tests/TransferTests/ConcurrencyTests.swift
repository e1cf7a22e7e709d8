import Foundation
import Posix
import Testing

@testable import Transfer

@Suite struct ConcurrencyTests {
  @Test func `500 requests at once`() async throws {
    let server = try LoopbackServer.answering { head, _ in
      response(200, String(head.split(separator: " ")[1]))
    }
    let client = try CurlTransfer.client()
    let bodies = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<500 {
        group.addTask {
          let request = HTTPRequest(url: server.url("/\(number)"), limits: patient)
          return String(decoding: try await client.send(request).body, as: UTF8.self)
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(bodies == Set((0..<500).map { "/\($0)" }))
    #expect(server.connectionCount <= 16)
  }

  @Test func `2000 cancellations at any moment`() async throws {
    let server = try LoopbackServer.answering { head, _ in
      usleep(UInt32(head.utf8.count % 7) * 300)
      return response(200, "x")
    }
    let client = try CurlTransfer.client()
    let tasks = (0..<2000).map { number in
      Task {
        let path = "/" + String(repeating: "x", count: number % 11)
        return await failure(client, HTTPRequest(url: server.url(path), limits: patient))
      }
    }
    // From two threads, each in an order of its own.
    for offset in [0, 1] {
      try PosixThread.start(named: "canceller") {
        for step in 0..<1000 {
          tasks[(step * 7919 * 2 + offset) % 2000].cancel()
          if step % 10 == 0 { usleep(500) }
        }
      }
    }
    var cancelled = 0
    for task in tasks {
      let error = await task.value
      #expect(error == nil || error == .cancelled)
      if error == .cancelled { cancelled += 1 }
    }
    #expect(cancelled > 0)
    let after = try await client.send(HTTPRequest(url: server.url(), limits: patient))
    #expect(after.status == 200)
  }

  @Test func `cancelled before it began`() async throws {
    let server = try LoopbackServer.answering { _, _ in response() }
    let client = try CurlTransfer.client()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await failure(client, HTTPRequest(url: server.url(), limits: patient))
    }
    #expect(await task.value == .cancelled)
    #expect(server.connectionCount == 0)
  }

  @Test func `shutting down answers everybody`() async throws {
    let arrived = try WakePipe()
    let server = try LoopbackServer { connection in
      _ = connection.request()
      arrived.wake()
      connection.waitForEnd()
    }
    let transfer = try CurlTransfer()
    let client = HTTPClient { request throws(HTTPError) in try await transfer.send(request) }
    let tasks = (0..<5).map { _ in
      Task { await failure(client, HTTPRequest(url: server.url(), limits: patient)) }
    }
    _ = await PosixThread.run(named: "arrival") {
      Poller.wait([arrived.readDescriptor], timeoutMillis: 240_000)
    }
    transfer.shutDown()
    for task in tasks { #expect(await task.value == .cancelled) }
    #expect(await failure(client, HTTPRequest(url: server.url(), limits: patient)) == .cancelled)
    transfer.shutDown()
  }

  /// In a process of its own, where nobody else has threads or files.
  @Test func `nothing is left behind`() async {
    await #expect(processExitsWith: .exitCode(17)) {
      func use() async throws {
        let server = try LoopbackServer.answering { _, _ in response() }
        let client = try CurlTransfer.client()
        _ = try await client.send(HTTPRequest(url: server.url(), limits: patient))
      }
      func remains() -> Int {
        let threads = (try? Directory.names(in: "/proc/self/task")) ?? []
        let ours = threads.filter { thread in
          let name = try? File.readAll("/proc/self/task/\(thread)/comm", limit: 100)
          return name == Array("transfer\n".utf8)
        }
        return ours.count * 1000 + ((try? Directory.names(in: "/proc/self/fd").count) ?? 0)
      }
      try await use()
      let deadline = MonotonicClock.millis() + 240_000
      while remains() >= 1000, MonotonicClock.millis() < deadline { usleep(1000) }
      let before = remains()
      for _ in 0..<20 { try await use() }
      // The servers' connections close a moment after ours.
      while remains() > before, MonotonicClock.millis() < deadline { usleep(1000) }
      exit(remains() <= before ? 17 : 1)
    }
  }
}
