/// What happens in a scenario, and when: `demo-data/scenarios/NAME.json` (JSON5). Times are seconds
/// from the scenario's start; before it they are negative.
struct DemoScript: Decodable, Sendable {
  var title: String
  /// Time of day at which it starts, UTC: `03:00:00Z`.
  var start: String
  /// The estate's file in `demo-data/estates`, without `.json`.
  var estate: String
  /// The files in `demo-data/azure` and `demo-data/gcp`, without `.json`; nil: no such account.
  var azure: String?
  var gcp: String?
  var timeline: [Act]
  /// What a channel says to one attempt after the other: `accept`, `fail WHY`, `refuse WHY`; past the
  /// last one, and for channels that are not named, it accepts.
  var channels: [String: [String]]?

  struct Act: Decodable, Sendable {
    var at: Int
    /// Where its event is an operation of `azure` or `gcp`, and its region a unit's label; nil: AWS.
    var cloud: String?
    /// What becomes of a trail: `stop`, `start`, `block` (the bucket refuses it), `unblock`.
    var act: String?
    /// The trails it happens to; none named: all.
    var trails: [String]?
    /// What GetTrailStatus calls the refusal.
    var error: String?
    /// A variant of the pipeline's file that holds from now on, and one that no longer does.
    var apply: String?
    var revert: String?
    /// An event's template in `demo-data/responses/events`, without `.json`.
    var event: String?
    var region: String?
    /// When Event history shows it, in seconds after it happened.
    var lag: Int?
    /// How often it happens, and how far apart.
    var times: Int?
    var every: Int?
    /// What the template's `{{name}}` stand for.
    var values: [String: String]?
  }
}

/// Whom and what a scenario is about: `demo-data/estates/NAME.json` (JSON5).
struct DemoEstate: Decodable, Sendable {
  var account: Account
  /// Enabled regions.
  var regions: [String]
  var trails: [Trail]
  var activity: [Activity]
  var roles: [Member]
  var channels: [Channel]?
  var people: [Person]?
  /// The pipeline's file in `demo-data/pipelines`, without `.json`.
  var pipeline: String?
  /// URL of the watch's own queue.
  var queue: String?
  /// Weaknesses that somebody took on before the scenario begins.
  var accepted: [Accepted]?

  struct Account: Decodable, Sendable {
    var name: String
    var id: String
    /// Our own principal.
    var principal: String
  }

  struct Trail: Decodable, Sendable {
    /// The source's name in the configuration.
    var id: String
    /// As DescribeTrails shows it; `id` where missing.
    var name: String?
    var region: String
    var bucket: String
    var prefix: String?
    var logGroup: String?
    var validation: Bool
    var dataEventsOf: String?
    /// Seconds between two log files, and when one of them comes.
    var every: Int
    var phase: Int
    /// The last log file; nil: it goes on.
    var until: Int?
    /// When the hourly digest comes, in seconds from the start.
    var digestPhase: Int
    /// Whether the watch's own calls are looked for at its end.
    var echo: Bool?
    /// Further values for the templates of DescribeTrails and GetTrailStatus.
    var values: [String: String]?

    func arn(_ account: String) -> String {
      "arn:aws:cloudtrail:\(region):\(account):trail/\(id)"
    }
  }

  /// What goes on all day.
  struct Activity: Decodable, Sendable {
    var region: String
    var event: String
    var every: Int
    var phase: Int
    var until: Int?
    var values: [String: String]?
  }

  struct Accepted: Decodable, Sendable {
    var check: String
    var subject: String
    var reason: String
    var by: String
    /// Days from the start.
    var days: Int
  }

  struct Member: Decodable, Sendable {
    var name: String
    var members: [String]
    var ackWithin: String
    var channels: [String]?
    /// By priority.
    var restoreWithin: [String: String]?
  }

  struct Channel: Decodable, Sendable {
    var name: String
    var kind: String
    var least: String?
  }

  struct Person: Decodable, Sendable {
    var name: String
    var phone: String?
    var mail: String?
  }
}
