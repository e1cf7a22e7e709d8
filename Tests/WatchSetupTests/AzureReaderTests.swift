import Testing
import WatchCore

@testable import WatchSetup

struct AzureReaderTests {
  static let dev = "0f0f1111-2222-4333-8444-555566667777"
  static let test = "0f0f2222-2222-4333-8444-555566667777"
  static let workspace =
    "/subscriptions/\(dev)/resourceGroups/sec/providers/Microsoft.OperationalInsights/workspaces/w"
  static let archive =
    "/subscriptions/\(dev)/resourceGroups/sec/providers/Microsoft.Storage/storageAccounts/acmelogs"
  static let vault =
    "/subscriptions/\(dev)/resourceGroups/app/providers/Microsoft.KeyVault/vaults/v"
  static let rule =
    "/subscriptions/\(dev)/resourceGroups/sec/providers/microsoft.insights/activityLogAlerts/A rule"

  private func outcome(account: String, source: String = "") -> ConfigurationReader.Outcome {
    let sources = source.isEmpty ? "" : "{ id: 'azure/d/log', \(source) }"
    let text = "{ clouds: { azure: [{ name: 'd', \(account) }] }, sources: [\(sources)] }"
    return ConfigurationReader.read(Array(text.utf8))
  }

  @Test func everyKeyIsRead() throws {
    let outcome = outcome(
      account: """
        tenant: '0A0A1111-2222-4333-8444-555566667777', cloud: 'usgovernment', credential: 'cli',
        subscriptions: ['\(Self.dev.uppercased())', { id: '\(Self.test)', name: 'test' }],
        client: '0C0C1111-2222-4333-8444-555566667777',
        queue: 'https://acme.queue.core.usgovcloudapi.net/audit-events',
        endpoints: { authority: 'https://login.example', logs: 'http://127.0.0.1:5000/logs',
          blob: 'https://{account}.blob.example', metadata: 'http://169.254.169.254' },
        """,
      source: """
        subscriptions: ['0f0f1111', '\(Self.test)'], workspace: '\(Self.workspace)/',
        archive: '\(Self.archive.dropFirst())', alert_rules: ['\(Self.rule)'],
        resources: ['\(Self.vault)',
          { id: '\(Self.vault)2', table: 'AZKVAuditLogs', categories: ['AuditEvent'] }],
        echo: { resource_group: 'test/watchkeeper-echo' }, retention: 'hipaa',
        expect: { activity: '30m+30m', archive: '2h+1h', resource: '2h+1h', echo: '20m+20m' },
        optional: ['archive', 'posture'], off: 'until May, mira'
        """)
    #expect(outcome.problems == [])
    let plan = try #require(outcome.plan)
    let account = CloudAccount(
      cloud: .azure, name: "d", queue: "https://acme.queue.core.usgovcloudapi.net/audit-events",
      azure: AzureAccount(
        tenant: "0a0a1111-2222-4333-8444-555566667777",
        subscriptions: [
          CloudUnit(id: Self.dev, label: "0f0f1111"), CloudUnit(id: Self.test, label: "test"),
        ], cloud: "usgovernment", credential: "cli",
        client: "0c0c1111-2222-4333-8444-555566667777",
        endpoints: [
          "authority": "https://login.example", "logs": "http://127.0.0.1:5000/logs",
          "blob": "https://{account}.blob.example", "metadata": "http://169.254.169.254",
        ]))
    #expect(plan.accounts == [account])
    #expect(
      plan.sources == [
        SourcePlan(
          id: SourceID(cloud: .azure, account: "d", name: "log"),
          azure: AzureSource(
            subscriptions: ["0f0f1111", "test"], workspace: Self.workspace, archive: Self.archive,
            resources: [
              AzureSource.Resource(id: Self.vault),
              AzureSource.Resource(
                id: "\(Self.vault)2", table: "AZKVAuditLogs", categories: ["AuditEvent"]),
            ], alertRules: [Self.rule], echoGroup: "test/watchkeeper-echo"),
          expect: [
            .activity: .minutes(30, 30), .archive: .minutes(120, 60),
            .resource: .minutes(120, 60), .echo: .minutes(20, 20),
          ], optional: [.archive, .posture], off: "until May, mira", echo: .home,
          retention: try #require(RetentionBar.frameworks["hipaa"]))
      ])
    #expect(plan.sources[0].units(of: account).map(\.id) == [Self.dev, Self.test])
  }

  @Test func anEchoWithoutAWorkspaceIsOff() throws {
    let outcome = outcome(
      account: "subscriptions: ['\(Self.dev)']",
      source: "archive: '\(Self.archive)', echo: { resource_group: '0f0f1111/echo' }")
    #expect(outcome.errors == [])
    #expect(
      outcome.problems.map(\.text).contains { $0.contains("the echo is looked for in a work") })
    let source = try #require(outcome.plan?.sources.first)
    #expect(source.echo == .off && source.azure?.echoGroup == nil)
  }

  @Test func aStoreInASubscriptionThatIsNotWatchedIsWarnedOf() {
    let outside = outcome(
      account: "subscriptions: ['\(Self.test)']",
      source: "workspace: '\(Self.workspace)', archive: '\(Self.archive)'")
    #expect(outside.errors == [])
    let words = outside.problems.map(\.text)
    #expect(
      words.count { $0.contains("is in a subscription that is not watched") } == 2, "\(words)")
    let inside = outcome(
      account: "subscriptions: ['\(Self.dev)']", source: "workspace: '\(Self.workspace)'")
    #expect(inside.problems.isEmpty)
  }

  private static let secret =
    "take it out, it is copied into the journal; name where it is: \"env:NAME\" or \"file:PATH\""
  private static let queueAdvice = "write https://ACCOUNT.queue.core.windows.net/NAME"

  static let accounts: [(String, [String])] = [
    ("", ["subscriptions are missing; add subscriptions: [ … ]"]),
    ("subscriptions: []", ["subscriptions are missing; add subscriptions: [ … ]"]),
    ("subscriptions: 'all'", ["subscriptions is a text; write a list, [ … ]"]),
    (
      "subscriptions: ['dev', 7, { name: 'x' }]",
      [
        "\"dev\" cannot stand in subscriptions; write a subscription's GUID, or "
          + "{ id: \"GUID\", name: \"dev\" }",
        "an item of subscriptions is a number; write a text in quotes",
        "id is missing; add id: \"…\"",
      ]
    ),
    (
      "subscriptions: ['\(dev)', '\(dev.uppercased())']",
      ["\"\(dev)\" stands twice in subscriptions; keep one"]
    ),
    (
      "subscriptions: ['\(dev)', '0f0f1111-9999-4333-8444-555566667777']",
      [
        "two of subscriptions are called \"0f0f1111\" (first in line 1); give one a name of its "
          + "own: { id: \"…\", name: \"dev\" }"
      ]
    ),
    (
      "subscriptions: [{ id: '\(dev)', name: 'a b', nam: 1 }]",
      [
        "the name \"a b\" holds white space or a slash; write one short word",
        "\"nam\" is not known here; did you mean \"name\"?",
      ]
    ),
    (
      one("tenant: 'acme'"),
      [
        "tenant is neither a GUID nor a domain; write the tenant's id, or example.onmicrosoft.com"
      ]
    ),
    (one("cloud: 'usgov'"), ["cloud is \"usgov\"; did you mean \"usgovernment\"?"]),
    (one("credential: 'manged'"), ["credential is \"manged\"; did you mean \"managed\"?"]),
    (
      one("credential: 'abc8Q~xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"),
      [
        "\"credential\" would be a secret; \(secret)",
        "credential is \"abc8Q~xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"; known here: secret, "
          + "certificate, workload, managed, cli",
      ]
    ),
    (one("client_secret: 'x'"), ["\"client_secret\" would be a secret; \(secret)"]),
    (
      one("client: 'abc8Q~xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"),
      [
        "this looks like a secret; \(secret)",
        "client is not a GUID; write the application's (client's) id",
      ]
    ),
    (
      one("subscription: 'x'"),
      [
        "\"subscription\" is not known here; did you mean \"subscriptions\"?"
      ]
    ),
    (
      one("endpoints: { log: 'https://x' }"),
      [
        "\"log\" is not known here; did you mean \"logs\"?"
      ]
    ),
    (
      one("endpoints: { logs: 'https://u:p@h', blob: 'x', queue: 'https://h/?a=b' }"),
      [
        "logs holds a user or a password; \(secret)",
        "blob is not a URL; write https://HOST, or http://127.0.0.1:5000",
        "queue has a query or a fragment; write the base of the URL alone",
      ]
    ),
    (
      one("endpoints: { resource_manager: 'http://10.0.0.1', authority: 'http://127.evil' }"),
      [
        "resource_manager is not asked by https; plain http is for this machine alone",
        "authority is not asked by https; plain http is for this machine alone",
      ]
    ),
    (
      one("endpoints: { token: 'https://x' }"),
      [
        "\"token\" is not known here; known here: authority, resource_manager, logs, blob, queue, "
          + "metadata"
      ]
    ),
    (
      one("queue: 'projects/p/subscriptions/s'"),
      [
        "queue is not the URL of a storage queue; \(queueAdvice)"
      ]
    ),
    (
      one("queue: 'https://acme.queue.core.windows.net/a--b'"),
      [
        "queue is not the URL of a storage queue; \(queueAdvice)"
      ]
    ),
    (
      one("queue: 'https://acme.queue.core.windows.net/audit?sv=1&sig=x'"),
      [
        "this looks like a secret; \(secret)",
        "queue holds a query: that would be a secret; \(queueAdvice)",
      ]
    ),
    (
      one("queue: 'https://acme.queue.core.windows.net/audit', cloud: 'china'"),
      [
        "queue is not a storage queue of this cloud; \(queueAdvice)"
      ]
    ),
    (
      one("queue: 'http://acme.queue.core.windows.net/audit'"),
      [
        "queue is not asked by https; \(queueAdvice)"
      ]
    ),
    (one("queue: 'http://127.0.0.1:5000/acme/audit'"), []),
    (one("queue: 'https://q.example/audit', endpoints: { queue: 'https://q.example' }"), []),
  ]

  private static func one(_ rest: String) -> String { "subscriptions: ['\(dev)'], \(rest)" }

  @Test(arguments: accounts)
  func accountsAreChecked(_ account: String, _ said: [String]) {
    #expect(outcome(account: account).errors.map(\.text).sorted() == said.sorted())
  }

  static let sources: [(String, [String])] = [
    ("workspace: '\(workspace)'", []),
    (
      "",
      ["nothing is waited for: settings and acts alone are watched; name a workspace or an archive"]
    ),
    (
      "archive: '\(archive)', subscriptions: ['tset']",
      [
        "account \"d\" has no \"tset\"; did you mean \"test\"?"
      ]
    ),
    (
      "archive: '\(archive)', subscriptions: ['test', '\(test)']",
      [
        "\"\(test)\" stands here twice; keep one"
      ]
    ),
    (
      "archive: '\(archive)', subscriptions: []",
      [
        "subscriptions is empty; name some, or leave the key out for all of them"
      ]
    ),
    (
      "workspace: 'central'",
      [
        "workspace is not the ARM id of such a resource; write /subscriptions/GUID/resourceGroups/"
          + "GROUP/providers/Microsoft.OperationalInsights/workspaces/NAME"
      ]
    ),
    (
      "archive: '\(workspace)'",
      [
        "archive is not the ARM id of such a resource; write /subscriptions/GUID/resourceGroups/"
          + "GROUP/providers/Microsoft.Storage/storageAccounts/NAME"
      ]
    ),
    (
      "resources: ['\(vault)']",
      [
        "resources without a workspace or an archive; name the one that their logs go to",
        "nothing is waited for: settings and acts alone are watched; name a workspace or an archive",
      ]
    ),
    (
      "workspace: '\(workspace)', resources: ['v', { id: '\(vault)', table: 'A | B' }, '\(vault)']",
      [
        "\"v\" is not the ARM id of a resource; write /subscriptions/GUID/resourceGroups/GROUP/"
          + "providers/Microsoft.KeyVault/vaults/NAME",
        "\"A | B\" is not the name of a table; write AzureDiagnostics, or one such as AZKVAuditLogs",
        "\"v\" stands twice in resources; keep one",
      ]
    ),
    (
      "workspace: '\(workspace)', subscriptions: ['test'], resources: ['\(vault)']",
      [
        "the source does not watch the subscription of \"v\"; add \(dev) to it"
      ]
    ),
    (
      "workspace: '\(workspace)', resources: [{ id: '\(vault)', categories: ['a\\'b'] }]",
      [
        "\"a'b\" is not a category; write one such as AuditEvent"
      ]
    ),
    (
      "workspace: '\(workspace)', alert_rules: ['\(vault)']",
      [
        "\"\(vault.prefix(58))..\" is not the ARM id of an alert rule; write /subscriptions/GUID/"
          + "resourceGroups/GROUP/providers/Microsoft.Insights/activityLogAlerts/NAME, or "
          + "…/scheduledQueryRules/NAME"
      ]
    ),
    (
      "workspace: '\(workspace)', echo: true",
      [
        "echo writes, and nothing says what to; write echo: { resource_group: \"LABEL/NAME\" } beside "
          + "it, or leave it out"
      ]
    ),
    (
      "workspace: '\(workspace)', echo: { resource_group: 'prod/x' }",
      [
        "\"prod/x\" begins with no unit of the source; write one of 0f0f1111/NAME, test/NAME"
      ]
    ),
    (
      "workspace: '\(workspace)', echo: { resource_group: 'test/x/y' }",
      [
        "\"x/y\" cannot be its name; write test/NAME"
      ]
    ),
    (
      "workspace: '\(workspace)', echo: false, expect: { echo: '20m+20m', archive: '1h+1h' }",
      [
        "expect names the echo, and the echo is off; write echo: { resource_group: \"LABEL/NAME\" } "
          + "beside it, or leave it out",
        "expect names archive, and the source has none; name the archive",
      ]
    ),
    (
      "workspace: '\(workspace)', expect: { s3: '20m+20m' }, optional: ['digest']",
      [
        "\"s3\" is not known here; known here: activity, archive, resource, echo",
        "\"digest\" is not a path of a source of azure; known here: activity, archive, resource, echo, "
          + "posture",
      ]
    ),
    (
      "workspace: '\(workspace)', trail: 'x'",
      [
        "\"trail\" is not known here; known here: id, expect, profile, hours, optional, echo, off, role, subscriptions, "
          + "workspace, archive, resources, alert_rules, retention"
      ]
    ),
  ]

  @Test(arguments: sources)
  func sourcesAreChecked(_ source: String, _ said: [String]) {
    let account = "subscriptions: ['\(Self.dev)', { id: '\(Self.test)', name: 'test' }]"
    let text =
      "{ clouds: { azure: [{ name: 'd', \(account) }] }, sources: [{ id: 'azure/d/log', \(source) }] }"
    let found = ConfigurationReader.read(Array(text.utf8)).problems.map(\.text)
    #expect(found.sorted() == said.sorted())
  }

  @Test(
    arguments: [
      ("/subscriptions/\(dev)/resourceGroups/a/providers/N.S/t/x", "n.s/t"),
      ("subscriptions/\(dev.uppercased())/RESOURCEGROUPS/a/PROVIDERS/N.S/T/x/u/y/", "n.s/t/u"),
      ("/subscriptions/\(dev)/resourceGroups/a/providers/N.S/t", nil),
      ("/subscriptions/\(dev)/resourceGroups/../providers/N.S/t/x", nil),
      ("/subscriptions/\(dev)/resourceGroups/a//providers/N.S/t/x", nil),
      ("/subscriptions/dev/resourceGroups/a/providers/N.S/t/x", nil),
      ("/subscriptions/\(dev)/resourceGroups/a/providers/N.S/t/x'; drop", nil),
      ("/subscriptions/\(dev)/resourceGroups/a/providers/N.S/t/x?y", nil),
      ("/subscriptions/\(dev)", nil), ("", nil), ("/", nil),
    ] as [(String, String?)])
  func idsAreTakenApart(_ text: String, _ type: String?) {
    #expect(ARMID(text)?.type == type)
  }
}
