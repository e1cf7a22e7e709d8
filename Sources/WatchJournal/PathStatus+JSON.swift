import WatchCore

extension PathStatus {
  /// Changes of state that are kept: a day's strip needs no more.
  static let historyLimit = 500

  var json: JSON {
    .facts([
      ("path", .string(id.text)), ("state", .string(state.rawValue)), ("since", .string(since.iso)),
      ("newest", newest.map { .string($0.iso) }),
      ("newest_event", newestEvent.map { .string($0.iso) }),
      ("count", count.map { .int(Int64($0)) }), ("looked", looked.map { .string($0.iso) }),
      ("proven", proven.map { .string($0.iso) }), ("expect", expectation.map { .string($0.text) }),
      ("judged_by", judgedBy.map { .string($0) }), ("required", .bool(required)),
      ("reason", .string(reason)), ("name", .string(name)),
      (
        "history",
        .array(
          history.suffix(Self.historyLimit).map {
            .array([.string($0.at.iso), .string($0.state.rawValue)])
          })
      ),
    ])
  }

  init?(json: JSON) {
    guard let id = json["path"]?.string.flatMap(PathID.init(text:)),
      let state = json["state"]?.string.flatMap(HeartbeatState.init),
      let since = json["since"]?.time
    else { return nil }
    self.init(
      id: id, state: state, since: since, newest: json["newest"]?.time,
      newestEvent: json["newest_event"]?.time, count: json["count"]?.int,
      looked: json["looked"]?.time, proven: json["proven"]?.time,
      expectation: json["expect"]?.string.flatMap(Expectation.init(text:)),
      judgedBy: json["judged_by"]?.string, required: json["required"]?.bool ?? true,
      reason: json["reason"]?.string ?? "",
      name: json["name"]?.string ?? "",
      history: (json["history"]?.array ?? []).suffix(Self.historyLimit).compactMap(Self.change))
  }

  private static func change(_ json: JSON) -> StateChange? {
    guard let pair = json.array, pair.count == 2, let at = pair[0].time,
      let state = pair[1].string.flatMap(HeartbeatState.init)
    else { return nil }
    return StateChange(at: at, state: state)
  }
}
