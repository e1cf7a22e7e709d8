import Testing
import WatchCore

@testable import WatchSetup

struct GCPReaderTests {
  @Test func everyKeyIsRead() throws {
    let text = """
      { clouds: { gcp: [{ name: 'g', projects: ['acme-1', { id: 'projects/acme-2', name: 'two' }],
            folders: ['9'], organizations: [{ id: 'organizations/12', name: 'org' }],
            credential: '~/keys/watch.json', impersonate: 'watch@acme-1.iam.gserviceaccount.com',
            quota_project: 'acme-1', queue: 'projects/acme-1/subscriptions/audit-events',
            endpoints: { logging: 'http://localhost:5000', token: 'http://127.0.0.1:5000/token',
              iamcredentials: 'https://iam.example' } }] },
        sources: [{ id: 'gcp/g/audit', units: ['acme-1', 'projects/acme-2', 'folders/9', 'org'],
          logs: ['activity', 'data_access'], sinks: ['to-siem', 'folders/9/all', 'two/x'],
          metric: 'audit/activity', echo: { metric: 'two/watchkeeper-echo' },
          expect: { entries: '50m+20m', export: '20m+20m', echo: '10m+10m' },
          optional: ['export'], retention: '400d' },
         { id: 'gcp/g/one', project: 'acme-2' }] }
      """
    let outcome = ConfigurationReader.read(Array(text.utf8))
    #expect(outcome.problems == [])
    let plan = try #require(outcome.plan)
    let units = [
      CloudUnit(id: "projects/acme-1", label: "acme-1"),
      CloudUnit(id: "projects/acme-2", label: "two"),
      CloudUnit(id: "folders/9", label: "folders/9"),
      CloudUnit(id: "organizations/12", label: "org"),
    ]
    let account = CloudAccount(
      cloud: .gcp, name: "g", queue: "projects/acme-1/subscriptions/audit-events",
      gcp: GCPAccount(
        units: units, credential: "~/keys/watch.json",
        impersonate: "watch@acme-1.iam.gserviceaccount.com", quotaProject: "acme-1",
        endpoints: [
          "logging": "http://localhost:5000", "token": "http://127.0.0.1:5000/token",
          "iamcredentials": "https://iam.example",
        ]))
    #expect(plan.accounts == [account])
    #expect(
      plan.sources == [
        SourcePlan(
          id: SourceID(cloud: .gcp, account: "g", name: "audit"),
          gcp: GCPSource(
            units: ["acme-1", "two", "folders/9", "org"], logs: ["activity", "data_access"],
            sinks: ["to-siem", "folders/9/all", "two/x"], metric: "audit/activity",
            echoMetric: "two/watchkeeper-echo"),
          expect: [.entries: .minutes(50, 20), .export: .minutes(20, 20), .echo: .minutes(10, 10)],
          optional: [.export], echo: .home,
          retention: RetentionBar(days: 400, framework: "configuration")),
        SourcePlan(
          id: SourceID(cloud: .gcp, account: "g", name: "one"), gcp: GCPSource(units: ["two"])),
      ])
    #expect(plan.sources[1].units(of: account) == [units[1]])
    #expect(plan.sources[1].expectation(.entries) == .minutes(15, 15))
  }

  private static let secret =
    "take it out, it is copied into the journal; name where it is: \"env:NAME\" or \"file:PATH\""
  private static let project =
    "write a project's id, or { id: \"acme-1\", name: \"analytics\" }"

  static let accounts: [(String, [String])] = [
    ("folders: [9]", ["an item of folders is a number; write a text in quotes"]),
    ("", ["there is none of projects, folders, organizations; add projects: [ … ]"]),
    ("projects: ['123456789']", ["\"123456789\" cannot stand in projects; \(project)"]),
    ("projects: ['Acme-1']", ["\"Acme-1\" cannot stand in projects; \(project)"]),
    ("projects: ['example.com:acme-1']", []),
    ("projects: ['folders/9']", ["\"folders/9\" cannot stand in projects; \(project)"]),
    (
      "folders: ['nine']",
      [
        "\"nine\" cannot stand in folders; write a folder's number, or { id: \"9\", name: \"data\" }"
      ]
    ),
    (
      "projects: ['acme-1', { id: 'acme-2', name: 'acme-1' }, 'projects/acme-1']",
      [
        "two of projects are called \"acme-1\" (first in line 1); give one a name of its own: "
          + "{ id: \"…\", name: \"dev\" }",
        "\"projects/acme-1\" stands twice in projects; keep one",
      ]
    ),
    (
      "projects: ['acme-1'], credential: 'gcluod'",
      [
        "credential is \"gcluod\"; did you mean \"gcloud\"?"
      ]
    ),
    (
      "projects: ['acme-1'], credential: 'cli'",
      [
        "credential is \"cli\"; write \"gcloud\", \"metadata\", or a credential file's path from / "
          + "or ~/"
      ]
    ),
    (
      "projects: ['acme-1'], credential: { type: 'service_account', private_key: 'x' }",
      [
        "\"credential\" would be a secret; \(secret)",
        "credential is an object; write a text in quotes",
      ]
    ),
    (
      "projects: ['acme-1'], credential: '-----BEGIN PRIVATE KEY-----'",
      [
        "\"credential\" would be a secret; \(secret)",
        "credential is \"-----BEGIN PRIVATE KEY-----\"; write \"gcloud\", \"metadata\", or a "
          + "credential file's path from / or ~/",
      ]
    ),
    ("projects: ['acme-1'], token: 'https://x'", ["\"token\" would be a secret; \(secret)"]),
    (
      "projects: ['acme-1'], endpoints: { token: 'ya29.abc' }",
      [
        "\"token\" would be a secret; \(secret)",
        "token is not a URL; write https://HOST, or "
          + "http://127.0.0.1:5000",
      ]
    ),
    (
      "projects: ['acme-1'], impersonate: 'ya29.abc'",
      [
        "this looks like a secret; \(secret)",
        "impersonate is not the e-mail address of a service account; write "
          + "NAME@PROJECT.iam.gserviceaccount.com",
      ]
    ),
    (
      "projects: ['acme-1'], quota_project: '77'",
      [
        "quota_project is not a project's id; write acme-1"
      ]
    ),
    (
      "projects: ['acme-1'], queue: 'projects/acme-1/topics/t'",
      [
        "queue is not the name of a Pub/Sub subscription; write projects/PROJECT/subscriptions/NAME"
      ]
    ),
    (
      "projects: ['acme-1'], endpoint: 'https://x'",
      [
        "\"endpoint\" is not known here; did you mean \"endpoints\"?"
      ]
    ),
    (
      "projects: ['acme-1'], endpoints: { storag: 'https://x', metadata: 'http://10.0.0.1' }",
      [
        "\"storag\" is not known here; did you mean \"storage\"?",
        "metadata is not asked by https; plain http is for this machine alone",
      ]
    ),
  ]

  @Test(arguments: accounts)
  func accountsAreChecked(_ account: String, _ said: [String]) {
    let text = "{ clouds: { gcp: [{ name: 'g', \(account) }] }, sources: [] }"
    let errors = ConfigurationReader.read(Array(text.utf8)).errors.map(\.text)
    #expect(errors.sorted() == said.sorted())
  }

  static let sources: [(String, [String])] = [
    ("", []),
    ("project: 'acme-3'", ["account \"g\" has no \"acme-3\"; did you mean \"acme-1\"?"]),
    ("project: 'acme-1', units: ['two']", ["units and project say the same; write one of them"]),
    (
      "logs: ['data-access'], sinks: ['a b', 'three/x', 'two/x y']",
      [
        "\"data-access\" is not an audit log; did you mean \"data_access\"?",
        "\"a b\" is not a sink's name; write one such as to-siem",
        "\"three/x\" begins with no unit of the source; write SINK, or one of acme-1/SINK, two/SINK",
        "\"two/x y\" is not a sink's name; write one such as to-siem",
      ]
    ),
    ("logs: []", ["logs is empty; write [\"activity\"], or leave the key out"]),
    (
      "project: 'two', sinks: ['acme-1/x']",
      [
        "\"acme-1/x\" begins with no unit of the source; write SINK, or one of two/SINK"
      ]
    ),
    (
      "metric: 'a b'",
      [
        "\"a b\" is not the name of a log-based metric; write one such as audit-activity"
      ]
    ),
    ("echo: { metric: 'two/' }", ["\"\" cannot be its name; write two/NAME"]),
    (
      "echo: 'all'",
      [
        "echo writes, and nothing says what to; write echo: { metric: \"LABEL/NAME\" } beside it, or "
          + "leave it out"
      ]
    ),
    (
      "echo: { resource_group: 'two/x' }",
      [
        "\"resource_group\" is not known here; known here: metric",
        "metric is missing; add metric: \"LABEL/NAME\"",
      ]
    ),
    (
      "expect: { activity: '1m+1m' }",
      [
        "\"activity\" is not known here; known here: entries, export, echo"
      ]
    ),
  ]

  @Test(arguments: sources)
  func sourcesAreChecked(_ source: String, _ said: [String]) {
    let account = "projects: ['acme-1', { id: 'acme-2', name: 'two' }]"
    let text =
      "{ clouds: { gcp: [{ name: 'g', \(account) }] }, sources: [{ id: 'gcp/g/audit', \(source) }] }"
    let found = ConfigurationReader.read(Array(text.utf8)).problems.map(\.text)
    #expect(found.sorted() == said.sorted())
  }

  /// Whatever it holds, what is said is one plain line.
  @Test(arguments: ["\u{1B}]0;x\u{7}", "a\nb", "\u{202E}live", "\u{0}", "a'b\"c", "../.."])
  func hostileContentsAreNotSentOn(_ hostile: String) {
    let quoted = JSON.string(hostile).line
    let text = """
      { clouds: { gcp: [{ name: 'g', projects: [\(quoted), { id: \(quoted), name: \(quoted) }],
          credential: \(quoted), impersonate: \(quoted), queue: \(quoted), quota_project: \(quoted),
          endpoints: { logging: \(quoted), \(quoted): \(quoted) } }],
        azure: [{ name: 'a', tenant: \(quoted), subscriptions: [\(quoted)], client: \(quoted),
          queue: \(quoted), endpoints: { logs: \(quoted) } }] },
        sources: [{ id: 'gcp/g/x', project: \(quoted), sinks: [\(quoted)], metric: \(quoted),
          logs: [\(quoted)], echo: { metric: \(quoted) } },
         { id: 'azure/a/x', workspace: \(quoted), archive: \(quoted), resources: [\(quoted)],
          alert_rules: [\(quoted)], echo: { resource_group: \(quoted) } }] }
      """
    let outcome = ConfigurationReader.read(Array(text.utf8))
    #expect(outcome.plan == nil)
    #expect(outcome.errors.count > 15)
    for problem in outcome.problems {
      let line = problem.line(file: "f")
      #expect(line.plainLine == line && line.count < 600)
    }
  }

  /// One cloud, any one of them, is enough.
  @Test(arguments: [
    "aws: [{ name: 'a' }]", "azure: [{ name: 'a', subscriptions: ['\(AzureReaderTests.dev)'] }]",
    "gcp: [{ name: 'a', projects: ['acme-1'] }]", "aws: [], azure: [], gcp: []",
  ])
  func anySubsetOfCloudsWorks(_ clouds: String) throws {
    let text = "{ clouds: { \(clouds) }, sources: [] }"
    let outcome = ConfigurationReader.read(Array(text.utf8))
    #expect(outcome.errors == [])
    #expect(outcome.plan != nil)
  }
}
