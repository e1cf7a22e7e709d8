import CloudAPI
import Testing
import WatchCore

@testable import WatchProbes

struct SelectorCoverageTests {
  static func advanced(_ fields: (String, (inout EventSelectors.Field) -> Void)...)
    -> EventSelectors.Advanced
  {
    EventSelectors.Advanced(
      fields: fields.map { name, set in
        var field = EventSelectors.Field(field: name)
        set(&field)
        return field
      })
  }

  static func management(_ more: (String, (inout EventSelectors.Field) -> Void)...)
    -> EventSelectors.Advanced
  {
    var selector = advanced(("eventCategory", { $0.equals = ["Management"] }))
    for (name, set) in more {
      var field = EventSelectors.Field(field: name)
      set(&field)
      selector.fields.append(field)
    }
    return selector
  }

  private func coverage(_ advanced: EventSelectors.Advanced...) -> SelectorCoverage {
    SelectorCoverage(EventSelectors(advanced: advanced))
  }

  @Test func `a trail is born with everything`() {
    #expect(SelectorCoverage(EventSelectors()).writes == .all)
    #expect(SelectorCoverage(EventSelectors()).reads == .all)
  }

  @Test func `advanced selectors by their meaning`() {
    let noReads = Self.management(("readOnly", { $0.equals = ["false"] }))
    #expect(coverage(noReads).reads == .none && coverage(noReads).writes == .all)
    let noWrites = Self.management(("readOnly", { $0.notEquals = ["false"] }))
    #expect(coverage(noReads, noWrites).reads == .all)
    let noKeys = Self.management(("eventSource", { $0.notEquals = ["kms.amazonaws.com"] }))
    #expect(coverage(noKeys).writes == .except(["kms.amazonaws.com"]))
    let noData = Self.management(("eventSource", { $0.notEquals = ["rdsdata.amazonaws.com"] }))
    #expect(coverage(noKeys, noData).writes == .all)
    let onlyRoot = Self.management(("userIdentity.arn", { $0.endsWith = [":root"] }))
    #expect(coverage(onlyRoot).writes == .only(["userIdentity.arn *:root"]))
    #expect(coverage(onlyRoot, noKeys).writes == .except(["kms.amazonaws.com"]))
    let noOne = Self.management(("userIdentity.arn", { $0.notEquals = ["arn:x"] }))
    #expect(coverage(noOne).writes == .except(["userIdentity.arn arn:x"]))
    #expect(coverage(Self.advanced(("eventCategory", { $0.equals = ["Data"] }))).writes == .none)
  }

  static let objects = DataCoverage(type: "AWS::S3::Object", prefixes: ["arn:aws:s3:::acme/"])

  @Test(arguments: [
    (objects, "arn:aws:s3:::acme", true), (objects, "arn:aws:s3:::acme/in/", true),
    (objects, "arn:aws:s3:::acme-other", false),
    (objects, "arn:aws:lambda:us-east-1:1:function:f", false),
    (DataCoverage(type: "AWS::S3::Object"), "arn:aws:s3:::any", true),
    (DataCoverage(type: nil), "arn:aws:lambda:us-east-1:1:function:f", true),
    (
      DataCoverage(type: "AWS::Lambda::Function", exact: ["arn:aws:lambda:us-east-1:1:function:f"]),
      "arn:aws:lambda:us-east-1:1:function:f", true
    ),
  ])
  func `data events of a resource`(_ coverage: DataCoverage, _ arn: String, _ wanted: Bool) {
    #expect(coverage.reaches(arn) == wanted)
  }

  @Test func `classic data resources`() {
    let selectors = EventSelectors(classic: [
      .init(
        readWriteType: "WriteOnly",
        dataResources: [
          .init(type: "AWS::S3::Object", values: ["arn:aws:s3"]),
          .init(type: "AWS::Lambda::Function", values: ["arn:aws:lambda"]),
        ])
    ])
    let data = SelectorCoverage(selectors).data
    #expect(data.count == 2)
    #expect(data.contains { $0.reaches("arn:aws:s3:::acme") && !$0.keepsReads })
    #expect(data.contains { $0.reaches("arn:aws:lambda:us-east-1:1:function:f") })
  }

  @Test func `what is recorded and what is not, in a sentence`() {
    let plain = SelectorCoverage(EventSelectors()).sentence(insights: [])
    #expect(
      plain
        == "recorded: management events (all). Not recorded: data events, network activity, Insights"
    )
    let mixed = coverage(
      Self.management(("readOnly", { $0.equals = ["false"] })),
      Self.advanced(
        ("eventCategory", { $0.equals = ["Data"] }),
        ("resources.type", { $0.equals = ["AWS::S3::Object"] }),
        ("resources.ARN", { $0.startsWith = ["arn:aws:s3:::acme/"] })))
    #expect(
      mixed.sentence(insights: ["ApiCallRateInsight"])
        == "recorded: management writes (all); data events of AWS::S3::Object in acme; Insights. "
        + "Not recorded: management reads, other data events, network activity")
  }

  @Test func `data events are held against the configuration`() async throws {
    var plan = SourcePlan.use1
    plan.dataEvents = ["arn:aws:s3:::acme", "arn:aws:lambda:us-east-1:1:function:f"]
    let seen = try #require(
      await StoreEstate.look(
        [
          "GetEventSelectors": { _ in
            .json(
              #"{"EventSelectors":[{"ReadWriteType":"WriteOnly","IncludeManagementEvents":false,"#
                + #""DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3:::acme/"]}]},"#
                + #"{"ReadWriteType":"All","IncludeManagementEvents":true}]}"#)
          }
        ], plan: plan))
    #expect(
      seen.seen("trail.data-events")
        == "not recorded: arn:aws:s3:::acme: no reads; arn:aws:lambda:us-east-1:1:function:f: nothing"
    )
  }
}
