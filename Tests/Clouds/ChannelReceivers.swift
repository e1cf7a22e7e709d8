import CloudAPI
import Foundation
import Posix
import Synchronization
import Transfer
import WatchCore
import WatchEngine

/// Receivers of notifications for one test: `channel_receivers.py` on loopback.
struct ChannelReceivers: Sendable {
  struct Ports: Decodable, Sendable {
    var web: UInt16
    var smtps: UInt16
    var starttls: UInt16
    /// Without TLS.
    var plain: UInt16
    var certificate: String
  }

  struct Mail: Decodable, Sendable {
    var from: String
    var to: [String]
    var text: String
  }

  struct Issue: Decodable, Sendable {
    var label: String
    var comments: Int
    var status: String
  }

  struct Facts: Decodable, Sendable {
    var accepted: [String]
    var refused: [String]
    var mails: [Mail]
    /// The last action of each key.
    var incidents: [String: String]
    /// Keys of the incidents that were opened, in order: each notified somebody.
    var pages: [String]
    /// How often each message came.
    var hooks: [String: Int]
    var issues: [String: Issue]
  }

  let ports: Ports
  let folder: ScratchFolder

  static func running(
    _ body: @escaping @Sendable (ChannelReceivers) async throws -> Void
  ) async throws {
    let python = try CloudsPython()
    let folder = try ScratchFolder()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        let outcome = try await python.run(
          "channel_receivers.py", [folder.path], deadlineMillis: 300_000)
        guard outcome.ending == .cancelled else { throw CloudsError.serverEnded(outcome) }
        return false
      }
      group.addTask {
        try await body(ChannelReceivers(folder))
        return true
      }
      while let isOver = try await group.next() {
        if isOver { return }
      }
    }
  }

  private init(_ folder: ScratchFolder) async throws {
    let path = "\(folder.path)/ready.json"
    let limit = ContinuousClock.now + .seconds(60)
    while !FileManager.default.fileExists(atPath: path) {
      guard ContinuousClock.now < limit else { throw CloudsError.notReady }
      try await Task.sleep(for: .milliseconds(20))
    }
    ports = try JSONDecoder().decode(Ports.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    self.folder = folder
  }

  func facts() async throws -> Facts {
    let answer = try await LoopbackHTTP(port: ports.web).send("GET", "/_control/facts")
    return try JSONDecoder().decode(Facts.self, from: Data(answer.body))
  }

  /// From now on every so many-th answer is lost after the request was taken.
  func lose(every count: Int) async throws {
    _ = try await LoopbackHTTP(port: ports.web).send("POST", "/_control/every", body: "\(count)")
  }

  /// Somebody deletes a ticket in Jira.
  func delete(_ ticket: String) async throws {
    _ = try await LoopbackHTTP(port: ports.web).send("POST", "/_control/delete", body: ticket)
  }

  /// Somebody begins to work on a ticket.
  func take(_ ticket: String, _ who: String) async throws {
    _ = try await LoopbackHTTP(port: ports.web).send(
      "POST", "/_control/take", body: "\(ticket) \(who)")
  }

  var web: String { "http://127.0.0.1:\(ports.web)" }

  /// What the secrets are, by variable.
  var variables: [String: String] {
    [
      "SLACK": "\(web)/services/T0/B0/s3cr3tslack", "TEAMS": "\(web)/workflows/s3cr3tteams",
      "HOOK": "\(web)/hook/s3cr3thook", "KEY": "0123456789abcdef0123456789abcdef",
      "JIRA": "jira-t0ken", "MAIL": "m4il-s3cret",
    ]
  }

  var plans: [ChannelPlan] {
    [
      ChannelPlan(name: "slack", kind: .slack, url: .environment("SLACK")),
      ChannelPlan(name: "teams", kind: .teams, url: .environment("TEAMS")),
      ChannelPlan(
        name: "pager", kind: .pagerduty, key: .environment("KEY"), settings: ["endpoint": [web]]),
      ChannelPlan(
        name: "jira", kind: .jira, key: .environment("JIRA"),
        settings: [
          "site": [web], "user": ["watch@acme.example"], "project": ["SEC"], "transition": ["Done"],
        ]),
      ChannelPlan(
        name: "topic", kind: .sns,
        settings: ["topic": ["arn:aws:sns:us-east-1:111122223333:sec.fifo"], "account": ["prod"]]),
      ChannelPlan(
        name: "hook", kind: .webhook, url: .environment("HOOK"), key: .environment("KEY")),
      mail(ports.starttls, "smtp"),
    ]
  }

  func mail(_ port: UInt16, _ scheme: String, to: [String] = ["mira@acme.example"]) -> ChannelPlan {
    ChannelPlan(
      name: "mail-\(scheme)", kind: .email, key: .environment("MAIL"),
      settings: [
        "from": ["watch@acme.example"], "to": to, "server": ["\(scheme)://127.0.0.1:\(port)"],
        "user": ["watch"],
      ])
  }

  /// - Parameter trusting: whether the receivers' certificate is trusted.
  func sender(
    trusting: Bool = true, variables more: [String: String] = [:]
  ) throws -> ChannelSender {
    let settings = TransferSettings(caBundle: trusting ? ports.certificate : nil)
    let http = try CurlTransfer.client(settings)
    let environment = variables.merging(more) { $1 }
    let access = AWSAccess(
      endpoint: web,
      environment: [
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      ], backoff: Backoff(tries: 1))
    let client = AWSClient(access: access, http: http, files: .none)
    return .live(
      http: http, secrets: .live(environment: environment, home: folder.path),
      mail: try CurlTransfer.mailClient(settings), aws: { $0 == "prod" ? client : nil },
      now: { Timestamp(millis: Int64(Date().timeIntervalSince1970 * 1_000)) })
  }
}
