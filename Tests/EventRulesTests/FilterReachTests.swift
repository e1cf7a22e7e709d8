import Testing

@testable import EventRules

/// Can a pattern ever match a CloudTrail event?
@Suite struct FilterReachTests {
  @Test(arguments: [
    ("", RuleAnswer.yes, nil), ("{ $.eventName = StopLogging }", .yes, nil),
    ("{ $.eventName = * }", .yes, nil), ("{ $.requestParameters.anything > 5 }", .yes, nil),
    ("{ $.errorCode NOT EXISTS }", .yes, nil), ("{ $.resources[0].ARN = \"arn:*\" }", .yes, nil),
    ("{ $.userIdentity.sessionContext.attributes.mfaAuthenticated != \"true\" }", .yes, nil),
    ("StopLogging", .yes, nil), ("?StopLogging ?DeleteTrail", .yes, nil),
    (
      "{ $.eventname = StopLogging }", .no,
      "a record has no $.eventname: it is $.eventName, and case matters"
    ),
    ("{ $.evenName = StopLogging }", .no, "a record has no $.evenName: it is $.eventName"),
    (
      "{ $.userIdentity.Type = Root }", .no,
      "a record has no $.userIdentity.Type: it is $.userIdentity.type, and case matters"
    ),
    (
      "{ $.detail.eventName = StopLogging }", .no,
      "$.detail is EventBridge's envelope: in a log group the record stands by itself"
    ),
    ("{ $.severity = high }", .unknown, "no record is known to have $.severity"),
    (
      "{ $.eventName = stopLogging }", .no,
      "no event is named stopLogging: it is StopLogging, and case matters"
    ),
    (
      "{ $.eventName = StopLoging }", .unknown,
      "no known event is named StopLoging: did it mean StopLogging?"
    ),
    ("{ $.eventName = \"Frobnicate\" }", .unknown, "no known event is named Frobnicate"),
    ("{ $.eventName = Frob* }", .unknown, "no known event is named like Frob*"),
    (
      "{ $.eventSource = aws.cloudtrail }", .no,
      "aws.cloudtrail is EventBridge's name: in a record it is cloudtrail.amazonaws.com"
    ),
    (
      "{ $.eventSource = cloudtrail }", .no,
      "no service records as cloudtrail: names end in .amazonaws.com"
    ),
    (
      "{ $.eventSource = cloudtrial.amazonaws.com }", .no,
      "no service records as cloudtrial.amazonaws.com: it is cloudtrail.amazonaws.com"
    ),
    ("{ $.eventSource = braket.amazonaws.com }", .yes, nil),
    (
      "{ $.eventSource = kms.amazonaws.com && $.eventName = StopLogging }", .no,
      "StopLogging is recorded by cloudtrail.amazonaws.com, not by kms.amazonaws.com"
    ),
    ("{ $.eventSource = appmesh.amazonaws.com && $.eventName = CreateRoute }", .yes, nil),
    ("{ $.userIdentity.type = \"root\" }", .no, "$.userIdentity.type is never root: it is Root"),
    ("{ $.userIdentity.type = \"Robot\" }", .no, "$.userIdentity.type is never Robot: it is Root"),
    (
      "{ $.additionalEventData.MFAUsed = yes }", .no,
      "$.additionalEventData.MFAUsed is never yes: it is Yes"
    ),
    ("{ $.eventType = AWSApiCall }", .no, "$.eventType is never AWSApiCall: it is AwsApiCall"),
    (
      "{ $.userIdentity = Root }", .no,
      "$.userIdentity is an object, and a test on an object never holds"
    ),
    (
      "{ $.resources.ARN = x }", .no,
      "$.resources is a list: $.resources[0].ARN reads its first element"
    ),
    ("{ $.eventName > 5 }", .no, "$.eventName is text, not a number"),
    (
      "{ $.eventName IS TRUE }", .no,
      "$.eventName is text, never true or false: compare it with = \"true\""
    ),
    (
      "{ $.eventName = StopLogging && $.eventName = DeleteTrail }", .no,
      "$.eventName cannot be StopLogging and DeleteTrail at once"
    ),
    (
      "{ $.eventName = StopLogging && $.eventName != Stop* }", .no,
      "$.eventName cannot be StopLogging and not Stop*"
    ),
    (
      "{ $.errorCode NOT EXISTS && $.errorCode = AccessDenied }", .no,
      "$.errorCode must be missing and have a value"
    ),
    (
      "{ $.requestParameters.a > 5 && $.requestParameters.a < 5 }", .no,
      "no number satisfies all that is asked of $.requestParameters.a"
    ),
    ("{ $.requestParameters.a > 5 && $.requestParameters.a < 6 }", .yes, nil),
    ("{ $.readOnly IS TRUE && $.readOnly IS FALSE }", .no, "$.readOnly must be two things at once"),
    ("{ $.errorMessage EXISTS }", .unknown, "$.errorMessage EXISTS: the language has no such test"),
    ("stoplogging", .unknown, "no event is named stoplogging: did it mean StopLogging?"),
    ("StopLogging -StopLogging", .no, "it wants and refuses the same word"),
    (
      "[a, b]", .unknown,
      "it reads words between spaces, and a CloudTrail event is one JSON object"
    ),
  ])
  func reaches(_ pattern: String, _ answer: RuleAnswer, _ reason: String?) throws {
    let reach = try FilterPattern(pattern).reach
    #expect(reach.answer == answer)
    #expect(reach.reasons == (reason.map { [$0] } ?? []))
  }

  @Test func aLostAlternativeIsNamed() throws {
    let reach = try FilterPattern("{ $.eventName = StopLogging || $.eventName = deletetrail }")
      .reach
    #expect(reach.answer == .yes)
    #expect(reach.reasons == ["no event is named deletetrail: it is DeleteTrail, and case matters"])
  }

  @Test func tooManyCombinationsAreUnknown() throws {
    let group = "($.eventName = A || $.eventName = B)"
    let pattern = "{ " + Array(repeating: group, count: 20).joined(separator: " && ") + " }"
    #expect(try FilterPattern(pattern).reach.answer == .unknown)
  }

  /// D13: a widely copied filter for failed sign-ins uses EXISTS, which the language lacks.
  @Test func `D13 a failed sign-in filter with EXISTS is flagged`() throws {
    let pattern = try FilterPattern("{ ($.eventName = ConsoleLogin) && ($.errorMessage EXISTS) }")
    #expect(pattern.flaws.map(\.sentence).first?.hasPrefix("EXISTS is not in the language") == true)
    #expect(pattern.reach.answer == .unknown)
    #expect(pattern.matches(Records.rootLogin) == .unknown)
  }

  /// D14: a widely copied filter for IAM changes names four of the sixteen events.
  @Test func `D14 an IAM filter with four names misses twelve`() throws {
    let pattern = try FilterPattern(
      """
      { ($.eventName = PutUserPolicy) || ($.eventName = PutRolePolicy) || \
      ($.eventName = AttachUserPolicy) || ($.eventName = AttachRolePolicy) }
      """)
    let missed = CISPatternTests.iamNames.split(separator: " ").filter { name in
      let call = AuditedCall(
        name: String(name), source: "iam.amazonaws.com", region: "us-east-1",
        account: "111122223333")
      return pattern.matches(call.record) == .no
    }
    #expect(pattern.reach == FilterReach(.yes))
    #expect(missed.count == 12)
  }
}
