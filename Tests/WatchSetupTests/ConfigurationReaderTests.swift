import Testing
import WatchCore

@testable import WatchSetup

struct ConfigurationReaderTests {
  /// As in docs/configuration.md.
  static let example = #"""
    {
      duty: { roles: { "security-lead": { members: ["mira"], channels: ["sec-slack", "pager"], ack_within: "15m" } } },
      clouds: {
        aws: [{ name: "prod", profile: "prod", role_arn: "arn:aws:iam::111122223333:role/watchkeeper", regions: "enabled",
                partition: "aws", fips: false, endpoint: null }],
        azure: [{ name: "dev", tenant: "acme.onmicrosoft.com", cloud: "public",
                  subscriptions: [{ id: "0F0F1111-2222-4333-8444-555566667777", name: "dev" }] }],
        gcp: [{ name: "analytics", projects: ["acme-analytics"] }],
      },
      sources: [
        { id: "aws/prod/org-trail", trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/org-trail",
          expect: { s3: "15m+15m", log_group: "10m+10m", digest: "75m+55m" }, echo: true },
        { id: "azure/dev/activity-log", expect: { activity: "20m+20m" },
          workspace: "/subscriptions/0f0f1111-2222-4333-8444-555566667777/resourceGroups/sec/providers/Microsoft.OperationalInsights/workspaces/central" },
        { id: "gcp/analytics/admin-activity", project: "acme-analytics", sinks: ["audit-archive"], expect: { entries: "15m+15m" } },
      ],
      channels: { "sec-slack": { kind: "slack", url_from: "env:SLACK_WEBHOOK_URL" },
                  pager: { kind: "pagerduty", key_from: "file:~/.config/watchkeeper/pagerduty.key" } },
    }
    """#

  private func lines(_ text: String) -> [String] {
    ConfigurationReader.read(Array(text.utf8)).problems.map { $0.line(file: "f") }
  }

  @Test func theExampleIsReadWhole() {
    let outcome = ConfigurationReader.read(Array(Self.example.utf8))
    #expect(outcome.problems.map { $0.line(file: "f") } == [])
    #expect(
      outcome.plan
        == WatchPlan(
          accounts: [
            CloudAccount(
              cloud: .aws, name: "prod", profile: "prod",
              roleARN: "arn:aws:iam::111122223333:role/watchkeeper", partition: "aws"),
            CloudAccount(
              cloud: .azure, name: "dev",
              azure: AzureAccount(
                tenant: "acme.onmicrosoft.com",
                subscriptions: [
                  CloudUnit(id: "0f0f1111-2222-4333-8444-555566667777", label: "dev")
                ])),
            CloudAccount(
              cloud: .gcp, name: "analytics",
              gcp: GCPAccount(units: [CloudUnit(id: "projects/acme-analytics")])),
          ],
          sources: [
            SourcePlan(
              id: SourceID(cloud: .aws, account: "prod", name: "org-trail"),
              trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/org-trail",
              expect: [.s3: .minutes(15, 15), .group: .minutes(10, 10), .digest: .minutes(75, 55)],
              echo: .home),
            SourcePlan(
              id: SourceID(cloud: .azure, account: "dev", name: "activity-log"),
              azure: AzureSource(
                workspace: "/subscriptions/0f0f1111-2222-4333-8444-555566667777/resourceGroups/sec"
                  + "/providers/Microsoft.OperationalInsights/workspaces/central"),
              expect: [.activity: .minutes(20, 20)]),
            SourcePlan(
              id: SourceID(cloud: .gcp, account: "analytics", name: "admin-activity"),
              gcp: GCPSource(units: ["acme-analytics"], sinks: ["audit-archive"]),
              expect: [.entries: .minutes(15, 15)]),
          ],
          roles: [
            Role(
              name: "security-lead", members: ["mira"], channels: ["sec-slack", "pager"],
              acknowledgeWithin: .minutes(15))
          ],
          channels: [
            ChannelPlan(
              name: "sec-slack", kind: .slack, url: .environment("SLACK_WEBHOOK_URL")),
            ChannelPlan(
              name: "pager", kind: .pagerduty,
              key: .file("~/.config/watchkeeper/pagerduty.key")),
          ]))
  }

  @Test func everyOptionIsRead() throws {
    let text = """
      { clouds: { aws: [{ name: 'p', regions: ['us-east-1', 'us-gov-west-1'], fips: true,
          external_id: 'e', dual_stack: true, endpoint: 'http://127.0.0.1:5000',
          partition: 'aws-us-gov' }] },
        sources: [{ id: 'aws/p/t', trail: 'my_trail', optional: ['digest'], off: 'moved, mira' }],
        duty: { roles: { a: { members: ['x', 'y'], then: 'b', ack_within: '5m' },
                         b: { members: ['z'] } } } }
      """
    let outcome = ConfigurationReader.read(Array(text.utf8))
    #expect(outcome.problems == [])
    let plan = try #require(outcome.plan)
    #expect(
      plan.accounts == [
        CloudAccount(
          cloud: .aws, name: "p", externalID: "e", regions: ["us-east-1", "us-gov-west-1"],
          partition: "aws-us-gov", fips: true, dualStack: true, endpoint: "http://127.0.0.1:5000")
      ])
    #expect(plan.sources[0].optional == [.digest])
    #expect(plan.sources[0].off == "moved, mira")
    #expect(plan.sources[0].trail == "my_trail")
    #expect(plan.roles.map(\.then) == ["b", nil])
    #expect(plan.roles[0].acknowledgeWithin == .minutes(5))
  }

  @Test func allProblemsAtOnceInOrder() {
    let text = """
      {
        dutty: {},
        clouds: { aws: [{ nam: "prod" }, { name: "a b" }] },
        sources: [{ id: "aws/prod" }, {}],
      }
      """
    #expect(
      lines(text) == [
        "f:2:3: \"dutty\" is not known here; did you mean \"duty\"?",
        "f:3:19: name is missing; add name: \"prod\"",
        "f:3:21: \"nam\" is not known here; did you mean \"name\"?",
        "f:3:44: the name \"a b\" holds white space or a slash; write one short word",
        "f:4:19: \"aws/prod\" is not cloud/account/name; write one such as "
          + "\"aws/prod/org-trail\", without white space",
        "f:4:33: id is missing; add id: \"aws/prod/org-trail\"",
      ])
    #expect(ConfigurationReader.read(Array(text.utf8)).plan == nil)
  }

  private static let secret =
    "take it out, it is copied into the journal; name where it is: \"env:NAME\" or \"file:PATH\""

  /// One line of a file, and all that is said of it.
  static let accounts: [(String, [String])] = [
    ("region: 'x'", ["\"region\" is not known here; did you mean \"regions\"?"]),
    (
      "zzzzzzzz: 1",
      [
        "\"zzzzzzzz\" is not known here; known here: name, profile, role_arn, external_id, regions, "
          + "partition, fips, dual_stack, endpoint, queue, role"
      ]
    ),
    ("profile: 7", ["profile is a number; write a text in quotes"]),
    ("profile: ''", ["profile is empty; write it, or leave the key out"]),
    (
      "profile: 'a\\nb'",
      ["profile holds characters that do not show, or is too long; write plain text on one line"]
    ),
    ("fips: 'yes'", ["fips is a text; write true or false"]),
    (
      "role_arn: 'arn:aws:iam::1:role/x'",
      ["role_arn is not the ARN of a role; write arn:aws:iam::111122223333:role/NAME"]
    ),
    (
      "regions: 'all'",
      ["regions is \"all\"; write \"enabled\", or a list such as [\"us-east-1\", \"eu-west-1\"]"]
    ),
    (
      "regions: []",
      ["regions is empty; write \"enabled\", or a list such as [\"us-east-1\", \"eu-west-1\"]"]
    ),
    (
      "regions: ['us-east-1', 'us-east', 'us-east-1']",
      [
        "\"us-east\" is not the name of a region; write us-east-1",
        "\"us-east-1\" stands twice in regions; keep one",
      ]
    ),
    (
      "partition: 'aws-gov'",
      ["\"aws-gov\" is not a partition of AWS; did you mean \"aws-us-gov\"?"]
    ),
    (
      "endpoint: 'ftp://x'", ["endpoint is not a URL; write https://HOST, or http://127.0.0.1:5000"]
    ),
    (
      "endpoint: 'https://'",
      ["endpoint is not a URL; write https://HOST, or http://127.0.0.1:5000"]
    ),
    ("endpoint: 'https://u:p@h'", ["endpoint holds a user or a password; \(secret)"]),
    ("secret_access_key: 'x'", ["\"secret_access_key\" would be a secret; \(secret)"]),
    ("sessionToken: { a: 1 }", ["\"sessionToken\" would be a secret; \(secret)"]),
    ("profile: 'AKIAIOSFODNN7EXAMPLE'", ["this looks like a secret; \(secret)"]),
  ]

  @Test(arguments: accounts)
  func accountsAreChecked(_ line: String, _ said: [String]) {
    let text = "{ clouds: { aws: [{ name: 'prod', \(line) }] }, sources: [] }"
    #expect(errors(text) == said)
  }

  static let sources: [(String, [String])] = [
    (
      "id: 'aws/prd/t', trail: 'ttt'",
      ["clouds.aws has no account \"prd\"; did you mean \"prod\"?"]
    ),
    ("id: 'gcp/x/t'", ["clouds.gcp has no account \"x\"; add it there"]),
    (
      "id: 'aws/prod/a b', trail: 'ttt'",
      [
        "\"aws/prod/a b\" is not cloud/account/name; write one such as \"aws/prod/org-trail\", "
          + "without white space"
      ]
    ),
    (
      "id: 'aws/prod/t'",
      [
        "trail is missing; add trail: "
          + "\"arn:aws:cloudtrail:us-east-1:111122223333:trail/NAME\""
      ]
    ),
    (
      "id: 'aws/prod/t', trail: 'arn:aws:s3:::bucket'",
      [
        "trail is not the ARN of a trail; write "
          + "arn:aws:cloudtrail:us-east-1:111122223333:trail/NAME"
      ]
    ),
    (
      "id: 'aws/prod/t', trail: 'arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/abc'",
      ["the trail is in partition aws-cn, its account in aws; mend one of them"]
    ),
    (
      "id: 'aws/prod/t', trail: 'ttt', expect: { S3: '1m+1m', digest: '0m+1m', log_group: '8d+1m' }",
      [
        "\"S3\" is not known here; did you mean \"s3\"?",
        "digest is \"0m+1m\"; write period + grace such as \"15m+15m\", or \"learned\"; period 1m to 7d, grace up "
          + "to 7d",
        "log_group is \"8d+1m\"; write period + grace such as \"15m+15m\", or \"learned\"; period 1m to 7d, grace "
          + "up to 7d",
      ]
    ),
    (
      "id: 'aws/prod/t', trail: 'ttt', optional: ['digets'], off: false",
      [
        "\"digets\" is not a path of a trail; did you mean \"digest\"?",
        "off is true or false; write a text in quotes",
      ]
    ),
    (
      "id: 'aws/prod/t', workspace: 'w', trail: 'ttt'",
      [
        "\"workspace\" is not known here; known here: id, expect, profile, hours, optional, echo, off, role, trail, "
          + "retention, data_events"
      ]
    ),
    (
      "id: 'aws/prod/t', trail: 'ttt' }, { id: 'aws/prod/t', trail: 'uuu'",
      ["source \"aws/prod/t\" stands twice (first in line 1); keep one"]
    ),
  ]

  @Test(arguments: sources)
  func sourcesAreChecked(_ line: String, _ said: [String]) {
    let text = "{ clouds: { aws: [{ name: 'prod', partition: 'aws' }] }, sources: [{ \(line) }] }"
    #expect(errors(text) == said)
  }

  static let duties: [(String, [String])] = [
    (
      "duty: { roles: { lead: { members: [] } } }",
      [
        "role \"lead\" has no members; name who is alerted, in order: members: [\"mira\", \"jon\"]"
      ]
    ),
    (
      "duty: { roles: { lead: { members: ['a'], ack_within: '15', then: 'boss' } } }",
      [
        "ack_within is \"15\"; write 1m to 24h, such as \"15m\"",
        "there is no role \"boss\"; known here: lead",
      ]
    ),
    (
      "duty: { roles: { a: { members: ['x'], then: 'b' }, b: { members: ['y'], then: 'a' } } }",
      [
        "role \"a\" comes after itself by then; let the last role have no then",
        "role \"b\" comes after itself by then; let the last role have no then",
      ]
    ),
    (
      "duty: { roles: { a: { members: ['x'], channels: ['pagr'] } } }, "
        + "channels: { pager: { kind: 'pager-duty', key_from: 'hunter2' } }",
      [
        "there is no channel \"pagr\"; did you mean \"pager\"?",
        "\"pager-duty\" is not a kind of channel; did you mean \"pagerduty\"?",
        "key_from does not name a place; write \"env:NAME\" or \"file:PATH\"",
      ]
    ),
    (
      "channels: { s: { kind: 'slack', url: 'https://hooks.slack.com/services/T/B/x' } }",
      [
        "url_from is missing; add url_from: \"env:WEBHOOK_URL\"",
        "\"url\" is not known here; did you mean \"url_from\"?",
        "this looks like a secret; \(secret)",
      ]
    ),
    ("channels: []", ["channels is a list; write an object, { … }"]),
    ("clouds: { aws: {} }", ["clouds.aws is an object; write a list, [ … ]"]),
  ]

  @Test(arguments: duties)
  func dutyAndChannelsAreChecked(_ line: String, _ said: [String]) {
    #expect(errors("{ \(line), sources: [] }") == said)
  }

  private func errors(_ text: String) -> [String] {
    ConfigurationReader.read(Array(text.utf8)).errors.map(\.text)
  }

  @Test func anEmptyFileIsNoWatch() {
    #expect(
      lines("{}") == [
        "f:1:1: warning: no source is watched; add one to sources, see docs/configuration.md"
      ])
    #expect(lines("") == ["f:1:1: the file ends where a value should stand"])
  }

  /// Whatever the file holds, what is said of it is one line of plain text, and no secret.
  @Test(arguments: [
    "\u{1B}]0;x\u{7}", "a\nb", "\u{202E}live", "\u{9B}31m", "x\u{2028}y", "\u{0}",
    String(repeating: "w", count: 5000),
  ])
  func hostileContentsAreNotSentOn(_ text: String) {
    let quoted = JSON.string(text).line
    let files = [
      "{ \(quoted): 1 }", "{ clouds: { aws: [{ name: \(quoted) }] } }",
      "{ sources: [{ id: \(quoted) }] }", "{ duty: { roles: { \(quoted): {} } } }",
      "{ channels: { \(quoted): { kind: \(quoted) } } }", "{ a: \(text) }", text,
      "{ clouds: { aws: [{ name: 'p', regions: [\(quoted)], partition: \(quoted) }] } }",
    ]
    for file in files {
      let said = ConfigurationReader.read(Array(file.utf8)).problems
      #expect(!said.isEmpty)
      for problem in said {
        let line = problem.line(file: "\u{1B}f")
        #expect(line.plainLine == line)
        #expect(line.count < 500)
      }
    }
  }

  @Test(arguments: [
    ("kitten", "sitting", 3), ("", "ab", 2), ("trail", "trial", 1), ("same", "same", 0),
  ])
  func distances(_ left: String, _ right: String, _ steps: Int) {
    #expect(Nearest.distance(left, right) == steps)
    #expect(Nearest.distance(right, left) == steps)
  }
}
