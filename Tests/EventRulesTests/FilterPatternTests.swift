import Testing

@testable import EventRules

/// Records as CloudTrail writes them, cut to what is asked.
enum Records {
  static let stopLogging: EventValue = [
    "eventVersion": "1.11", "eventName": "StopLogging", "eventSource": "cloudtrail.amazonaws.com",
    "awsRegion": "us-east-1", "sourceIPAddress": "10.1.2.3", "eventType": "AwsApiCall",
    "managementEvent": true, "readOnly": false, "responseElements": nil,
    "userIdentity": ["type": "IAMUser", "userName": "dev"],
    "requestParameters": ["name": "org-trail", "count": 12, "tags": [["key": "a"], ["key": "b"]]],
  ]

  static let rootLogin: EventValue = [
    "eventName": "ConsoleLogin", "eventSource": "signin.amazonaws.com",
    "eventType": "AwsConsoleSignIn", "userIdentity": ["type": "Root"],
    "additionalEventData": ["MFAUsed": "No"], "responseElements": ["ConsoleLogin": "Failure"],
    "errorMessage": "Failed authentication",
  ]
}

@Suite struct FilterPatternTests {
  @Test(arguments: [
    ("{ $.eventName = StopLogging }", RuleAnswer.yes),
    ("{$.eventName=\"StopLogging\"}", .yes),
    ("{ $.eventName = \"stoplogging\" }", .no),
    ("{ $.eventName = Stop* }", .yes),
    ("{ $.eventName = \"*Logging\" }", .yes),
    ("{ $.eventName != StopLogging }", .no),
    ("{ $.eventName != DeleteTrail }", .yes),
    ("{ $.eventName = StopLogging && $.eventName = DeleteTrail || $.awsRegion = us-east-1 }", .yes),
    ("{ $.awsRegion = us-east-1 || $.eventName = StopLogging && $.eventName = DeleteTrail }", .yes),
    ("{ ($.awsRegion = us-east-1 || $.eventName = A) && ($.eventName = DeleteTrail) }", .no),
    ("{ $.sourceIPAddress = 10.1.* }", .yes),
    ("{ $.sourceIPAddress != 123.123.* }", .yes),
    ("{ $.requestParameters.count = 12 }", .yes), ("{ $.requestParameters.count = 1.2e1 }", .yes),
    ("{ $.requestParameters.count > 12 }", .no), ("{ $.requestParameters.count >= 12 }", .yes),
    ("{ $.requestParameters.count < 13 }", .yes), ("{ $.requestParameters.count <= 11 }", .no),
    ("{ $.requestParameters.count != 12 }", .no), ("{ $.requestParameters.count = 1* }", .yes),
    ("{ $.requestParameters.tags[1].key = b }", .yes),
    ("{ $.requestParameters.tags[2].key = b }", .no),
    ("{ $.requestParameters.tags[*].key = b }", .yes),
    ("{ $.requestParameters.['name'] = org-trail }", .yes),
    ("{ $.requestParameters = * }", .no), ("{ $.requestParameters.tags = * }", .no),
    ("{ $.responseElements IS NULL }", .yes), ("{ $.eventName IS NULL }", .no),
    ("{ $.managementEvent IS TRUE }", .yes), ("{ $.readOnly IS TRUE }", .no),
    ("{ $.readOnly IS FALSE }", .yes), ("{ $.eventName IS TRUE }", .no),
    ("{ $.errorCode NOT EXISTS }", .yes), ("{ $.eventName NOT EXISTS }", .no),
    ("{ $.responseElements NOT EXISTS }", .no),
    ("{ $.errorCode = \"AccessDenied*\" }", .no), ("{ $.errorCode != x }", .unknown),
    ("{ $.errorMessage EXISTS }", .unknown), ("{ $.eventName = %^Stop|Delete% }", .yes),
    ("{ $.eventName = %[A-Z]\\w{3}L% }", .yes), ("{ $.eventName != %Log% }", .no),
    ("{ $.eventName = %^Logging% }", .no), ("  ", .yes),
  ])
  func matchesStopLogging(_ pattern: String, _ answer: RuleAnswer) throws {
    #expect(try FilterPattern(pattern).matches(Records.stopLogging) == answer)
  }

  @Test(arguments: [
    ("{ $.eventName = }", 17, "column 17: found \"}\", wanted a value"),
    ("{ eventName = x }", 3, "column 3: found \"eventName\", wanted a field, as $.eventName, or ("),
    ("{ $.eventName == x }", 15, "column 15: found \"==\", wanted a single = for equality"),
    ("{ $.a = x & $.b = y }", 11, "column 11: found \"&\", wanted &&, || or }"),
    ("{ $.a = x AND $.b = y }", 11, "column 11: found \"AND\", wanted &&, || or }"),
    ("{ ($.a = x }", 3, "column 3: the parenthesis is not closed"),
    ("{ $.a = x) }", 10, "column 10: found \")\", wanted &&, || or }"),
    ("{ $.a = x", 1, "column 1: the brace { is not closed"),
    ("{ $.a = \"x }", 9, "column 9: the quotation mark is not closed"),
    ("{ $.a = 'x' }", 9, "column 9: found \"'\", wanted a value in double quotes"),
    (
      "{ $.a IS null }", 10,
      "column 10: found \"null\", wanted NULL, TRUE or FALSE after IS, in capitals"
    ),
    ("{ $.a NOT x }", 11, "column 11: found \"x\", wanted EXISTS after NOT"),
    ("{ $ = x }", 4, "column 4: found \" \", wanted a field after $, as $.eventName"),
    ("{ $.a[x] = y }", 7, "column 7: found \"x\", wanted an element's number from 0"),
    ("{ $.a ~ y }", 7, "column 7: found \"~\", wanted =, !=, <, <=, >, >=, IS or NOT EXISTS"),
    ("{}", 2, "column 2: there is nothing between the brackets"),
    ("{ $.a = x } y", 13, "column 13: found \"y\", wanted nothing after the closing brace"),
    ("{ $.a = %x(y)% }", 11, "column 11: a regular expression has no parentheses here"),
    ("{ $.a = %x }", 9, "column 9: the regular expression is not closed"),
    ("[ip, user", 1, "column 1: the bracket [ is not closed"),
    (
      "{ $.a\u{1b}[2J = x }", 6,
      "column 6: found \"?\", wanted =, !=, <, <=, >, >=, IS or NOT EXISTS"
    ),
  ])
  func saysWhatIsWrong(_ pattern: String, _ column: Int, _ sentence: String) {
    let error = #expect(throws: FilterPatternError.self) { try FilterPattern(pattern) }
    #expect(error?.column == column)
    #expect(error?.sentence == sentence)
  }

  @Test func hostilePatternsEnd() {
    let deep = "{ " + String(repeating: "(", count: 10_000) + "$.a = b"
    #expect(throws: FilterPatternError.self) { try FilterPattern(deep) }
    let long = "{ $.a = " + String(repeating: "x", count: 20_000) + " }"
    #expect(throws: FilterPatternError.self) { try FilterPattern(long) }
    #expect(throws: FilterPatternError.self) { try FilterPattern("{ $.a = %x{9999}% }") }
    let slow = "%" + String(repeating: "a*", count: 60) + "b%"
    let text = String(repeating: "a", count: 2_000)
    #expect(throws: Never.self) {
      let pattern = try FilterPattern(slow)
      #expect(pattern.matches(.any, message: text) == .no)
    }
  }

  @Test(arguments: [
    ("ERROR", "an ERROR here", true), ("error", "an ERROR here", false),
    ("ERROR ARGUMENTS", "ERROR 419 MISSING ARGUMENTS", true), ("ERROR ARGUMENTS", "ERROR", false),
    ("\"INTERNAL SERVER ERROR\"", "[500 INTERNAL SERVER ERROR]", true),
    ("\"INTERNAL SERVER ERROR\"", "SERVER INTERNAL ERROR", false),
    ("?ERROR ?ARGUMENTS", "MISSING ARGUMENTS", true), ("?ERROR ?ARGUMENTS", "fine", false),
    ("ERROR -ARGUMENTS", "ERROR 419", true), ("ERROR -ARGUMENTS", "ERROR ARGUMENTS", false),
    ("%AUTHORIZED%", "UNAUTHORIZED REQUEST", true), ("%^ERR%", "an ERR", false),
    ("[ip, user, status = 4*]", "127.0.0.1 frank 404", true),
    ("[ip, user, status = 4*]", "127.0.0.1 frank 200", false),
    ("[ip, user, status = 4*]", "127.0.0.1 frank x 404", false),
    ("[ip, ..., status = 4*, bytes > 1000]", "1.1.1.1 - frank \"GET / x\" 404 1534", true),
    ("[ip, ..., bytes < 1000]", "1.1.1.1 - [10/Oct 13:55] 1534", false),
    ("[w1 = ERROR || w1 = FATAL, ...]", "FATAL x y", true),
    ("[w1 != %^E%, w2]", "ERROR x", false), ("[..., last]", "", false),
  ])
  func otherKinds(_ pattern: String, _ message: String, _ answer: Bool) throws {
    let found = try FilterPattern(pattern).matches(.any, message: message)
    #expect(found == (answer ? .yes : .no))
  }

  @Test func textKindsNeedText() throws {
    #expect(try FilterPattern("StopLogging").matches(Records.stopLogging) == .unknown)
  }

  @Test func flagsWhatTheLanguageLacks() throws {
    #expect(
      try FilterPattern("{ ($.eventName = ConsoleLogin) && ($.errorMessage EXISTS) }").flaws
        .map(\.column) == [51])
    #expect(try FilterPattern("{ $.a IS NOT NULL }").flaws.map(\.column) == [7])
    #expect(try FilterPattern("?a b").flaws.count == 1)
    #expect(try FilterPattern("{ $.a=%a% || $.a=%b% || $.a=%c% }").flaws.count == 1)
    #expect(try FilterPattern("{ $.a=%a% || $.a=%b% }").flaws.isEmpty)
    #expect(try FilterPattern("{ $.a=%a% || $.a=%b% }").regexCount == 2)
  }
}
