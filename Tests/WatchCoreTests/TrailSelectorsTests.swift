import Testing
import WatchCore

/// Selectors are compared by what they keep, and not by how they are written.
struct TrailSelectorsTests {
  typealias Field = TrailSelectors.Field

  private static let buckets = TrailSelectors.Resource(
    type: "AWS::S3::Object", value: "arn:aws:s3", reads: "All")
  private static let one = TrailSelectors.Resource(
    type: "AWS::S3::Object", value: "arn:aws:s3:::acme/", reads: "All")
  private static let data = Field(name: "eventCategory", conditions: ["equals": ["Data"]])
  private static let objects = Field(
    name: "resources.type", conditions: ["equals": ["AWS::S3::Object"]])
  private static let writes = Field(name: "readOnly", conditions: ["equals": ["false"]])

  private static func advanced(_ fields: Field...) -> TrailSelectors {
    TrailSelectors(advanced: [TrailSelectors.Advanced(fields: [data, objects] + fields)])
  }

  @Test(arguments: [
    (TrailSelectors(resources: [one]), TrailSelectors(), true, false),
    (TrailSelectors(), TrailSelectors(resources: [one]), false, true),
    (TrailSelectors(resources: [one]), TrailSelectors(resources: [buckets]), false, true),
    (TrailSelectors(resources: [buckets]), TrailSelectors(resources: [one]), true, false),
    (TrailSelectors(), TrailSelectors(exclusions: ["kms.amazonaws.com"]), true, false),
    (TrailSelectors(exclusions: ["kms.amazonaws.com"]), TrailSelectors(), false, true),
    (TrailSelectors(resources: [buckets]), advanced(), false, false),
    (advanced(), TrailSelectors(resources: [buckets]), false, false),
    (advanced(), advanced(writes), true, false),
    (advanced(writes), advanced(), false, true),
    (
      advanced(), advanced(Field(name: "resources.ARN", conditions: ["notStartsWith": ["arn:x"]])),
      true, false
    ),
    (
      advanced(Field(name: "eventName", conditions: ["equals": ["GetObject", "PutObject"]])),
      advanced(Field(name: "eventName", conditions: ["equals": ["PutObject"]])), true, false
    ),
    (
      advanced(Field(name: "eventName", conditions: ["equals": ["PutObject"]])),
      advanced(Field(name: "eventName", conditions: ["startsWith": ["Put"]])), false, true
    ),
    (advanced(writes), advanced(writes), false, false),
  ])
  func `what is kept no more is lost`(
    _ old: TrailSelectors, _ new: TrailSelectors, _ loses: Bool, _ wins: Bool
  ) {
    let change = old.difference(to: new)
    #expect(change.lost.isEmpty == !loses, "\(change.lost)")
    #expect(change.won.isEmpty == !wins, "\(change.won)")
    #expect(TrailSelectors(json: old.json) == old)
  }

  @Test func `an older baseline has none`() {
    let json: JSON = ["name": "a", "arn": "b", "home_region": "c", "bucket": "d"]
    #expect(TrailSettings(json: json)?.selectors == nil)
    #expect(TrailSettings(json: json)?.insights == nil)
  }

  @Test(arguments: [
    ("14:00", "14:30", "12:00", "12:30"), ("23:30", "00:30", "21:30", "22:30"),
    ("2026-11-20T12:10:00Z", "12:20", "bad", "bad"), ("09:00", "14:30", "11:00", "12:30"),
    ("14:00", "13:00", "bad", "bad"), ("noon", "14:30", "bad", "bad"),
    ("14:00", "25:00", "bad", "bad"), ("20:00", "08:00", "18:00", "06:00"),
    ("20:00", "08:01", "bad", "bad"), ("13:30", "13:30", "bad", "bad"),
  ])
  func `announced times are the reader's own day`(
    _ from: String, _ to: String, _ begins: String, _ ends: String
  ) throws {
    let now = try #require(Timestamp(iso: "2026-11-20T11:00:00Z"))
    let times = try? PlannedTimes(from: from, to: to, now: now, offset: 7200)
    #expect(times.map { String($0.from.shortClock.dropLast()) } ?? "bad" == begins)
    #expect(times.map { String($0.to.shortClock.dropLast()) } ?? "bad" == ends)
  }
}
