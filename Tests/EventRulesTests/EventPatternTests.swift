import Testing

@testable import EventRules

@Suite struct EventPatternTests {
  static let call = AuditedCall(
    name: "StopLogging", source: "cloudtrail.amazonaws.com", region: "us-east-1",
    account: "111122223333", parameters: ["name": "org-trail"])

  /// What is asked of `detail`, and whether StopLogging is caught.
  static let details: [(String, RuleAnswer)] = [
    (#"{"eventName":["StopLogging","DeleteTrail","UpdateTrail","PutEventSelectors"]}"#, .yes),
    (#"{"eventName":["DeleteTrail"]}"#, .no), (#"{"eventName":[{"prefix":"Stop"}]}"#, .yes),
    (#"{"eventName":[{"prefix":"stop"}]}"#, .no),
    (#"{"eventName":[{"prefix":{"equals-ignore-case":"stop"}}]}"#, .yes),
    (#"{"eventName":[{"suffix":"Logging"}]}"#, .yes),
    (#"{"eventName":[{"suffix":{"equals-ignore-case":"LOGGING"}}]}"#, .yes),
    (#"{"eventName":[{"equals-ignore-case":"stoplogging"}]}"#, .yes),
    (#"{"eventName":[{"wildcard":"St*ing"}]}"#, .yes),
    (#"{"eventName":[{"wildcard":"St*\\*"}]}"#, .no),
    (#"{"eventName":[{"anything-but":"StopLogging"}]}"#, .no),
    (#"{"eventName":[{"anything-but":["GetTrail","ListTrails"]}]}"#, .yes),
    (#"{"eventName":[{"anything-but":{"prefix":"Stop"}}]}"#, .no),
    (#"{"eventName":[{"anything-but":{"prefix":["Get","List"]}}]}"#, .yes),
    (#"{"eventName":[{"anything-but":{"wildcard":"*Log*"}}]}"#, .no),
    (#"{"eventName":[{"anything-but":{"equals-ignore-case":["stoplogging"]}}]}"#, .no),
    (#"{"errorCode":[{"exists":false}]}"#, .yes), (#"{"errorCode":[{"exists":true}]}"#, .no),
    (#"{"eventName":[{"exists":true}]}"#, .yes), (#"{"errorCode":["AccessDenied"]}"#, .no),
    (#"{"errorCode":[{"anything-but":"AccessDenied"}]}"#, .no),
    (#"{"managementEvent":[true]}"#, .yes), (#"{"readOnly":["false"]}"#, .no),
    (#"{"requestParameters":{"name":["org-trail"]}}"#, .yes),
    (#"{"requestParameters":{"name":["other"]}}"#, .no),
    (#"{"requestParameters":{"missing":[{"exists":false}]}}"#, .yes),
    (#"{"userIdentity":{"type":["Root"]}}"#, .unknown),
    (#"{"userIdentity":{"type":[{"exists":true}]}}"#, .unknown),
    (#"{"sourceIPAddress":[{"cidr":"10.0.0.0/8"}]}"#, .unknown), (#"{"nothing":["x"]}"#, .no),
  ]

  @Test(arguments: details) func catchesByDetail(_ detail: String, _ answer: RuleAnswer) throws {
    let pattern = try EventPattern(EventValue(json: #"{"detail":\#(detail)}"#))
    #expect(pattern.matches(Self.call.envelope) == answer)
  }

  static let envelopes: [(String, RuleAnswer)] = [
    (#"{"source":["aws.cloudtrail"]}"#, .yes), (#"{"source":["aws.s3"]}"#, .no),
    (#"{"source":["aws.s3","aws.cloudtrail"]}"#, .yes),
    (#"{"detail-type":["AWS API Call via CloudTrail"]}"#, .yes),
    (#"{"detail-type":["AWS Console Sign In via CloudTrail"]}"#, .no),
    (#"{"source":["aws.cloudtrail"],"detail":{"eventName":["StopLogging"]}}"#, .yes),
    (#"{"source":["aws.s3"],"detail":{"eventName":["StopLogging"]}}"#, .no),
    (#"{"$or":[{"source":["aws.s3"]},{"detail":{"eventName":["StopLogging"]}}]}"#, .yes),
    (#"{"$or":[{"source":["aws.s3"]},{"detail":{"eventName":["Other"]}}]}"#, .no),
    (#"{"account":["111122223333"],"region":[{"prefix":"us-"}]}"#, .yes),
    (#"{"account":["999999999999"]}"#, .no), (#"{"detail":{"x":{"y":["z"]}}}"#, .no),
  ]

  @Test(arguments: envelopes) func catches(_ pattern: String, _ answer: RuleAnswer) throws {
    let pattern = try EventPattern(EventValue(json: pattern))
    #expect(pattern.matches(Self.call.envelope) == answer)
  }

  static let values: [(String, String, RuleAnswer)] = [
    (#"[{"numeric":[">",0,"<=",5]}]"#, "5", .yes), (#"[{"numeric":[">",0,"<=",5]}]"#, "6", .no),
    (#"[{"numeric":["=",3.5]}]"#, "3.5", .yes), (#"[{"numeric":["<",0]}]"#, #""x""#, .no),
    ("[1]", "1.0", .yes), ("[null]", "null", .yes), (#"[""]"#, "null", .no),
    (#"["a"]"#, #"["b","a"]"#, .yes), (#"["a"]"#, "[]", .no), (#"[{"exists":false}]"#, "[]", .yes),
    (#"[{"cidr":"10.0.0.0/8"}]"#, #""10.255.0.1""#, .yes),
    (#"[{"cidr":"10.0.0.0/8"}]"#, #""11.0.0.1""#, .no),
    (#"[{"cidr":"10.0.0.0/8"}]"#, #""AWS Internal""#, .no),
    (#"[{"cidr":"2001:db8::/32"}]"#, #""2001:db8:1::9""#, .yes),
    (#"[{"cidr":"2001:db8::/32"}]"#, #""2001:db9::1""#, .no),
    (#"[{"cidr":"0.0.0.0/0"}]"#, #""9.9.9.9""#, .yes),
    (#"{"type":["y"]}"#, #"[{"type":"x"},{"type":"y"}]"#, .yes),
    (#"{"type":["y"]}"#, #"[{"type":"x"}]"#, .no),
  ]

  @Test(arguments: values)
  func tests(_ tests: String, _ value: String, _ answer: RuleAnswer) throws {
    let pattern = try EventPattern(EventValue(json: #"{"a":\#(tests)}"#))
    #expect(pattern.matches(try EventValue(json: #"{"a":\#(value)}"#)) == answer)
  }

  static let wrong: [(String, String)] = [
    ("[]", "the pattern is an array, not an object"), ("{}", "the pattern names no field"),
    (#"{"a":"x"}"#, "a is a string, not a list or an object"),
    (#"{"a":{"b":[]}}"#, "a.b has an empty list, which nothing matches"),
    (#"{"a":[{"like":"x"}]}"#, "a has a test that is not known: like"),
    (#"{"a":[{"prefix":"x","suffix":"y"}]}"#, "a has a test that is not one name with one value"),
    (#"{"a":[{"numeric":["~",1]}]}"#, "a has a numeric test that cannot be read"),
    (#"{"a":[{"cidr":"10.0.0.0/33"}]}"#, "a has no block of addresses in 10.0.0.0/33"),
    (#"{"a":[["x"]]}"#, "a has a list inside a list"),
    (#"{"$or":[]}"#, "the pattern has an empty $or"),
    (#"{"a":[{"anything-but":[]}]}"#, "a has an empty anything-but"),
  ]

  @Test(arguments: wrong) func saysWhatIsWrong(_ pattern: String, _ sentence: String) throws {
    let value = try EventValue(json: pattern)
    let error = #expect(throws: EventPatternError.self) { try EventPattern(value) }
    #expect(error?.sentence == sentence)
  }

  static let obstacles: [(String, String?)] = [
    (#"{"source":["aws.cloudtrail"],"detail":{"eventName":["DeleteTrail"]}}"#, "detail.eventName"),
    (#"{"detail":{"userIdentity":{"type":["Root"]}}}"#, "detail.userIdentity.type"),
    (#"{"source":["aws.cloudtrail"]}"#, nil),
    (#"{"$or":[{"source":["aws.s3"]},{"source":["aws.kms"]}]}"#, "$or"),
  ]

  @Test(arguments: obstacles) func namesTheObstacle(_ pattern: String, _ field: String?) throws {
    let pattern = try EventPattern(EventValue(json: pattern))
    #expect(pattern.obstacle(to: Self.call.envelope) == field)
  }

  @Test func deepPatternsEnd() {
    var value: EventValue = ["x"]
    for _ in 0..<1_000 { value = .object(["a": value]) }
    let deep = value
    #expect(throws: EventPatternError.self) { try EventPattern(deep) }
  }
}
