import CloudAPI
import Foundation
import Posix
import Transfer
import WatchCore
import WatchEngine

/// Tells a dead man's switch outside at each interval that the watch lives: as long as its loop
/// turns, and no longer.
struct DeadMan: Sendable {
  var plan: DeadManPlan
  var http: HTTPClient
  var environment: [String: String]
  var home: String?

  /// Until it is cancelled.
  func run(_ watch: Watch) async {
    var turns = -1
    while !Task.isCancelled {
      if watch.turns != turns {
        turns = watch.turns
        watch.take(await tell())
      }
      try? await Task.sleep(for: plan.every)
    }
  }

  /// One GET; any 2xx is an answer.
  func tell() async -> DeadManAnswer {
    let url: String
    do throws(Unreadable) {
      url = try await self.url()
    } catch {
      return .unheard(error.why)
    }
    let request = HTTPRequest(
      url: url, headers: [HTTPHeader("User-Agent", "watchkeeper/\(Program.version)")],
      limits: HTTPLimits(totalMillis: 10_000, bodyBytes: 64 << 10))
    do throws(HTTPError) {
      let status = try await http.send(request).status
      return (200..<300).contains(status) ? .heard : .unheard("it answered with status \(status)")
    } catch {
      return .unheard(error.inWords)
    }
  }

  private struct Unreadable: Error {
    var why: String
  }

  /// Read anew each time: it may be changed under a watch that runs for months.
  private func url() async throws(Unreadable) -> String {
    let text: String
    switch plan.url {
    case .environment(let name):
      guard let value = environment[name] else {
        throw Unreadable(why: "the variable \(name) is not set")
      }
      text = value
    case .file(let path):
      let whole = path.hasPrefix("~/") ? "\(home ?? "")/\(path.dropFirst(2))" : path
      text = try await PosixThread.run(named: "secret") { () throws(Unreadable) in
        try Self.read(whole)
      }
    }
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !trimmed.isEmpty else { throw Unreadable(why: "\(plan.url.text) is empty") }
    return trimmed
  }

  private static func read(_ path: String) throws(Unreadable) -> String {
    do throws(PosixError) {
      let file = try File.openForReading(path)
      let facts = try FileFacts(of: file)
      if facts.mode & 0o077 == 0 {
        return String(decoding: try file.read(at: 0, count: 4096), as: UTF8.self)
      }
    } catch {
      throw Unreadable(why: "\(error)")
    }
    throw Unreadable(why: "\(path) may be read by others: chmod 600 it")
  }
}
