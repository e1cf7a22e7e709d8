import WatchCore

/// A board as one JSON object, for `check --json` and `status --json`: docs/json-output.md, and
/// ``BoardSchema`` member by member.
public enum BoardJSON {
  public static let schema: Int64 = 1

  public static func object(_ reading: StatusReading) -> JSON {
    let (board, now) = (reading.board, reading.now)
    let picture = board.picture
    let verdict = CheckVerdict.state(board).rawValue
    let alerts = picture.queue.flatMap { alert in
      [self.alert(alert, reading)]
        + picture.symptoms(of: alert.id).map { self.alert($0, reading) }
    }
    let channels = picture.channels.sorted { $0.key < $1.key }.map { channel($0.key, $0.value) }
    let head: [(String, JSON?)] = [
      ("schema", .int(schema)), ("at", .string(now.iso)), ("state", .string(verdict)),
      ("exit", .int(Int64(CheckVerdict.exitStatus(board)))),
      ("demo", board.demo == nil ? nil : true), ("muted", picture.mute(at: now).map(mute)),
      ("watch", watch(reading.watch)),
      ("journal", journal(board)), ("duty", picture.duty.map { .string($0.to) }),
    ]
    let rest: [(String, JSON?)] = [
      ("clouds", .array(board.clouds.map(cloud))), ("alerts", .array(alerts)),
      ("planned", .array(picture.planned.filter { $0.to > now }.map(planned))),
      ("channels", .array(channels)), ("outbox", .int(Int64(reading.waiting))),
    ]
    return .facts(head + rest)
  }

  /// Where nothing at all could be looked at.
  public static func unknown(_ why: String) -> JSON {
    .facts([
      ("schema", .int(schema)), ("state", "not set up"), ("exit", 3), ("error", .string(why)),
    ])
  }

  private static func mute(_ mute: Mute) -> JSON {
    .facts([
      ("until", .string(mute.until.iso)), ("by", .string(mute.by.name)),
      ("reason", .string(mute.reason)), ("withheld", .int(Int64(mute.withheld))),
    ])
  }

  private static func watch(_ watch: WatchPresence) -> JSON {
    .facts([
      ("alive", .bool(watch.isAlive)), ("pid", watch.holder.map { .int(Int64($0.pid)) }),
      ("host", watch.holder.map { .string($0.host) }),
      ("role", watch.holder.map { .string($0.role.rawValue) }),
      ("since", watch.since.map { .string($0.iso) }),
      ("beat", watch.beat.map { .string($0.iso) }),
      ("last_look", watch.lastLook.map { .string($0.iso) }),
    ])
  }

  private static func journal(_ board: Board) -> JSON {
    let failure: String? = if case .notSaved(let why) = board.journal { why } else { nil }
    return .facts([
      ("saved", .bool(failure == nil)), ("why", failure.map(JSON.string)),
      ("entries", .int(Int64(board.picture.head?.seq ?? 0))),
      ("newest", board.picture.head.map { .string($0.at.iso) }),
    ])
  }

  private static func planned(_ plan: PlannedChange) -> JSON {
    .facts([
      ("text", .string(plan.text)), ("from", .string(plan.from.iso)), ("to", .string(plan.to.iso)),
      ("source", plan.source.map { .string($0.text) }), ("by", plan.by.map { .string($0.name) }),
    ])
  }

  private static func channel(_ name: String, _ life: ChannelLife) -> JSON {
    .facts([
      ("channel", .string(name)), ("failures", .int(Int64(life.failures))),
      ("next", life.next.map { .string($0.iso) }),
      ("accepted", life.accepted.map { .string($0.iso) }),
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
}
