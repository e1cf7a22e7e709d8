import WatchCore
import WatchEngine

/// A board as one JSON object, for `check --json` and `status --json` (docs/json-output.md).
enum BoardJSON {
  static let schema: Int64 = 1

  static func object(_ board: Board, now: Timestamp) -> JSON {
    .facts([
      ("schema", .int(schema)), ("at", .string(now.iso)),
      ("state", .string(CheckVerdict.state(board).rawValue)),
      ("exit", .int(Int64(CheckVerdict.exitStatus(board)))),
      ("demo", board.demo == nil ? nil : true),
      ("muted", board.picture.mute(at: now).map(mute)),
      ("clouds", .array(board.clouds.map(cloud))),
      (
        "alerts",
        .array(
          board.picture.queue.flatMap { alert in
            [self.alert(alert)] + board.picture.symptoms(of: alert.id).map(self.alert)
          })
      ),
    ])
  }

  private static func mute(_ mute: Mute) -> JSON {
    .facts([
      ("until", .string(mute.until.iso)), ("by", .string(mute.by.name)),
      ("reason", .string(mute.reason)), ("withheld", .int(Int64(mute.withheld))),
    ])
  }

  private static func cloud(_ cloud: CloudStatus) -> JSON {
    .facts([
      ("cloud", .string(cloud.cloud.rawValue)),
      ("account", cloud.accounts.isEmpty ? nil : .string(cloud.accounts.joined(separator: ","))),
      ("state", .string(cloud.state.rawValue)), ("label", .string(cloud.label)),
      ("since", cloud.since.map { .string($0.iso) }),
      ("open_alerts", .int(Int64(cloud.open))),
      (
        "delivering",
        .array([.int(Int64(cloud.delivering.live)), .int(Int64(cloud.delivering.of))])
      ),
      ("regions", .array([.int(Int64(cloud.regions.covered)), .int(Int64(cloud.regions.of))])),
      ("paths", .array(cloud.paths.map(path))),
    ])
  }

  private static func path(_ path: PathStatus) -> JSON {
    .facts([
      ("path", .string(path.id.text)), ("source", .string(path.id.source.text)),
      ("kind", .string(path.id.kind.rawValue)), ("region", .string(path.id.region)),
      ("account", .string(path.id.source.account)), ("state", .string(path.state.rawValue)),
      ("since", .string(path.since.iso)), ("newest", path.newest.map { .string($0.iso) }),
      ("looked", path.looked.map { .string($0.iso) }),
      ("proven", path.proven.map { .string($0.iso) }),
      ("expect", path.expectation.map { .string($0.text) }),
      ("judged_by", path.judgedBy.map { .string($0) }), ("required", .bool(path.required)),
      ("reason", path.reason.isEmpty ? nil : .string(path.reason)),
      ("blind", path.state == .blind ? .string(path.reason) : nil),
    ])
  }

  private static func alert(_ alert: Alert) -> JSON {
    .facts([
      ("id", .string(alert.id.text)), ("code", .string(alert.code.text)),
      ("state", .string(alert.state.label)), ("priority", .string(alert.priority.rawValue)),
      ("source", .string(alert.source.text)), ("subject", alert.subject.map(JSON.string)),
      ("place", .string(alert.place.text)), ("what", .string(alert.what)),
      ("failed", .string(alert.failed.iso)), ("detected", .string(alert.detected.iso)),
      ("acked", alert.acked.map { .string($0.iso) }),
      ("cleared", alert.clearedAt.map { .string($0.iso) }),
      ("owner", alert.state.owner.map(JSON.string)),
      ("under", alert.under.map { .string($0.text) }), ("cause", alert.cause?.json),
      ("chattering", alert.chatter.map { .int(Int64($0)) }), ("gap", alert.gap?.json),
    ])
  }
}
