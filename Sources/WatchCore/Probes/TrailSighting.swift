/// A trail's settings and status in one region, as CloudTrail tells them
/// (DescribeTrails, GetEventSelectors, GetTrailStatus; API version 2013-11-01).
public struct TrailSighting: Hashable, Sendable {
  /// Nil: there is no such trail (any more).
  public var settings: TrailSettings?
  public var status: TrailStatus?
  /// Everything as received, bounded, for the raw view.
  public var raw: String

  public init(settings: TrailSettings?, status: TrailStatus?, raw: String = "") {
    self.settings = settings
    self.status = status
    self.raw = raw
  }
}

/// What the trail is set up to do.
public struct TrailSettings: Hashable, Sendable {
  public var name: String
  public var arn: String
  public var homeRegion: String
  public var bucket: String
  public var prefix: String?
  public var multiRegion: Bool
  public var globalEvents: Bool
  public var organization: Bool
  public var validation: Bool
  public var logGroup: String?
  public var key: String?
  public var topic: String?
  /// Management events: `all`, `write`, `read`, `none`; nil where the selectors could not be read.
  public var management: String?
  /// What is recorded besides and left out; nil where it could not be read.
  public var selectors: TrailSelectors?
  /// Insight types that are on; nil where that could not be read.
  public var insights: [String]?

  public init(
    name: String, arn: String, homeRegion: String, bucket: String, prefix: String? = nil,
    multiRegion: Bool, globalEvents: Bool = true, organization: Bool = false,
    validation: Bool = false, logGroup: String? = nil, key: String? = nil, topic: String? = nil,
    management: String? = nil, selectors: TrailSelectors? = nil, insights: [String]? = nil
  ) {
    self.selectors = selectors
    self.insights = insights
    self.name = name
    self.arn = arn
    self.homeRegion = homeRegion
    self.bucket = bucket
    self.prefix = prefix
    self.multiRegion = multiRegion
    self.globalEvents = globalEvents
    self.organization = organization
    self.validation = validation
    self.logGroup = logGroup
    self.key = key
    self.topic = topic
    self.management = management
  }

  /// As the journal's baseline holds it.
  public var json: JSON {
    .facts([
      ("name", .string(name)), ("arn", .string(arn)), ("home_region", .string(homeRegion)),
      ("bucket", .string(bucket)), ("prefix", prefix.map(JSON.string)),
      ("multi_region", .bool(multiRegion)), ("global_events", .bool(globalEvents)),
      ("organization", .bool(organization)), ("validation", .bool(validation)),
      ("log_group", logGroup.map(JSON.string)), ("key", key.map(JSON.string)),
      ("topic", topic.map(JSON.string)), ("management", management.map(JSON.string)),
      ("selectors", selectors?.json), ("insights", insights.map { .array($0.map(JSON.string)) }),
    ])
  }

  public init?(json: JSON) {
    guard let name = json["name"]?.string, let arn = json["arn"]?.string,
      let home = json["home_region"]?.string, let bucket = json["bucket"]?.string
    else { return nil }
    self.init(
      name: name, arn: arn, homeRegion: home, bucket: bucket, prefix: json["prefix"]?.string,
      multiRegion: json["multi_region"]?.bool ?? false,
      globalEvents: json["global_events"]?.bool ?? false,
      organization: json["organization"]?.bool ?? false,
      validation: json["validation"]?.bool ?? false, logGroup: json["log_group"]?.string,
      key: json["key"]?.string, topic: json["topic"]?.string,
      management: json["management"]?.string, selectors: TrailSelectors(json: json["selectors"]),
      insights: json["insights"]?.array?.compactMap(\.string))
  }
}

/// What the trail does, in one region (GetTrailStatus). Times in UTC; errors are absent where there
/// is none. The error fields are *not* set for requests that timed out: their absence proves nothing.
public struct TrailStatus: Hashable, Sendable {
  public var isLogging: Bool
  public var started: Timestamp?
  public var stopped: Timestamp?
  public var delivered: Timestamp?
  public var deliveryError: String?
  public var digestDelivered: Timestamp?
  public var digestError: String?
  public var groupDelivered: Timestamp?
  public var groupError: String?
  public var notified: Timestamp?
  public var notifyError: String?

  public init(
    isLogging: Bool, started: Timestamp? = nil, stopped: Timestamp? = nil,
    delivered: Timestamp? = nil, deliveryError: String? = nil, digestDelivered: Timestamp? = nil,
    digestError: String? = nil, groupDelivered: Timestamp? = nil, groupError: String? = nil,
    notified: Timestamp? = nil, notifyError: String? = nil
  ) {
    self.isLogging = isLogging
    self.started = started
    self.stopped = stopped
    self.delivered = delivered
    self.deliveryError = deliveryError
    self.digestDelivered = digestDelivered
    self.digestError = digestError
    self.groupDelivered = groupDelivered
    self.groupError = groupError
    self.notified = notified
    self.notifyError = notifyError
  }
}
