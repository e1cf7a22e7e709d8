import Testing
import WatchCore

@testable import WatchSetup

/// `channels`: each kind's keys, and what is said of wrong ones.
struct ChannelReaderTests {
  private func read(_ channel: String, aws: String = "{ name: 'prod' }") -> ChannelPlan? {
    outcome(channel, aws: aws).plan?.channels.first
  }

  private func outcome(_ channel: String, aws: String) -> ConfigurationReader.Outcome {
    ConfigurationReader.read(
      Array("{ clouds: { aws: [\(aws)] }, channels: { x: \(channel) }, sources: [] }".utf8))
  }

  @Test func channelsWithoutARoleTellNobody() {
    func said(_ duty: String) -> Bool {
      ConfigurationReader.read(
        Array("{ channels: { x: { kind: 'slack', url_from: 'env:A' } }, \(duty) sources: [] }".utf8)
      ).problems.contains { $0.isWarning && $0.text.contains("tells nobody") }
    }
    #expect(said(""))
    #expect(!said("duty: { roles: { lead: { members: ['mira'], channels: ['x'] } } },"))
  }

  @Test(arguments: [
    (
      "{ kind: 'slack', url_from: 'env:A' }",
      ChannelPlan(name: "x", kind: .slack, url: .environment("A"))
    ),
    (
      "{ kind: 'teams', url_from: 'file:/run/x', least: 'high' }",
      ChannelPlan(name: "x", kind: .teams, url: .file("/run/x"), least: .high)
    ),
    (
      "{ kind: 'pagerduty', key_from: 'env:PD', endpoint: 'https://events.eu.pagerduty.com/' }",
      ChannelPlan(
        name: "x", kind: .pagerduty, key: .environment("PD"),
        settings: ["endpoint": ["https://events.eu.pagerduty.com"]])
    ),
    (
      "{ kind: 'jira', site: 'https://acme.atlassian.net', user: 'w@acme.example', "
        + "key_from: 'file:~/j', project: 'SEC', transition: 'Done' }",
      ChannelPlan(
        name: "x", kind: .jira, key: .file("~/j"),
        settings: [
          "site": ["https://acme.atlassian.net"], "user": ["w@acme.example"], "project": ["SEC"],
          "transition": ["Done"],
        ])
    ),
    (
      "{ kind: 'email', from: 'w@acme.example', to: ['a@acme.example', 'b@acme.example'], "
        + "server: 'smtp://mail.acme.example:587', user: 'w', key_from: 'env:M' }",
      ChannelPlan(
        name: "x", kind: .email, key: .environment("M"),
        settings: [
          "from": ["w@acme.example"], "to": ["a@acme.example", "b@acme.example"],
          "server": ["smtp://mail.acme.example:587"], "user": ["w"],
        ])
    ),
    (
      "{ kind: 'email', from: 'w@acme.example', to: 'a@acme.example', sendmail: '/usr/sbin/sendmail' }",
      ChannelPlan(
        name: "x", kind: .email,
        settings: [
          "from": ["w@acme.example"], "to": ["a@acme.example"], "sendmail": ["/usr/sbin/sendmail"],
        ])
    ),
    (
      "{ kind: 'sns', topic: 'arn:aws:sns:us-east-1:111122223333:sec' }",
      ChannelPlan(
        name: "x", kind: .sns,
        settings: ["topic": ["arn:aws:sns:us-east-1:111122223333:sec"], "account": ["prod"]])
    ),
    (
      "{ kind: 'webhook', url: 'http://127.0.0.1:8080/hook', key_from: 'env:K' }",
      ChannelPlan(
        name: "x", kind: .webhook, key: .environment("K"),
        settings: ["url": ["http://127.0.0.1:8080/hook"]])
    ),
    (
      "{ kind: 'command', run: ['/bin/tell', '-v', '-v'] }",
      ChannelPlan(name: "x", kind: .command, settings: ["run": ["/bin/tell", "-v", "-v"]])
    ),
  ])
  func aChannelIsRead(_ text: String, _ plan: ChannelPlan) {
    #expect(read(text) == plan)
  }

  @Test(arguments: [
    ("{}", ["kind is missing; add kind: \"slack\""]),
    ("{ kind: 'slack' }", ["url_from is missing; add url_from: \"env:WEBHOOK_URL\""]),
    (
      "{ kind: 'slack', url_from: 'env:A', chanel: '#x' }",
      ["\"chanel\" is not known here; known here: kind, least, url_from"]
    ),
    (
      "{ kind: 'slack', url_from: 'env:A', least: 'hi' }",
      ["least is \"hi\"; did you mean \"high\"?"]
    ),
    (
      "{ kind: 'slack', url_from: 'env:not a name' }",
      ["url_from does not name a variable; write \"env:NAME\""]
    ),
    (
      "{ kind: 'slack', url_from: 'file:secret.txt' }",
      ["url_from does not name a whole path; write \"file:/PATH\" or \"file:~/PATH\""]
    ),
    (
      "{ kind: 'pagerduty', key_from: 'env:A', routing_key: 'R0UT1NG' }",
      ["\"routing_key\" is not known here; known here: kind, least, key_from, endpoint"]
    ),
    (
      "{ kind: 'pagerduty', key_from: 'env:A', endpoint: 'http://pd.example' }",
      ["endpoint is not asked by https; plain http is for this machine alone"]
    ),
    (
      "{ kind: 'email', from: 'a b@c', to: ['x@y.example\\r\\nRCPT TO:<z@w>'], server: 'smtps://h' }",
      [
        "from cannot be used; write one plain address, as watch@example.com",
        "to names nobody; write [\"mira@example.com\"]",
        "an item of to holds characters that do not show, or is too long; write plain text on one line",
      ]
    ),
    (
      "{ kind: 'email', from: '-oQ@c.example', to: 'x@y.example', server: 'imap://h', user: 'w' }",
      [
        "user and key_from go together; add the other, or take both out",
        "from cannot be used; write one plain address, as watch@example.com",
        "server cannot be used; write smtps://HOST, or smtp://HOST:587 for STARTTLS",
      ]
    ),
    (
      "{ kind: 'email', from: 'w@c.example', to: 'x@y.example' }",
      ["neither server nor sendmail is there, by which the mail is sent; add one"]
    ),
    (
      "{ kind: 'command', run: ['tell'] }",
      [
        "run does not begin with a program's whole path; write [\"/usr/local/bin/tell\", "
          + "\"--quiet\"]; the notification comes on standard input"
      ]
    ),
    (
      "{ kind: 'sns', topic: 'security', account: 'prd' }",
      [
        "topic cannot be used; write the topic's ARN, arn:aws:sns:REGION:ACCOUNT:NAME",
        "there is no AWS account \"prd\"; did you mean \"prod\"?",
      ]
    ),
    (
      "{ kind: 'jira', site: 'https://u:p@acme.atlassian.net', user: 'w', key_from: 'env:J', "
        + "project: 'SEC\" OR 1=1' }",
      [
        "site holds a user or a password; take it out, it is copied into the journal; name where it "
          + "is: \"env:NAME\" or \"file:PATH\"",
        "project cannot be used; write the project's key, as SEC",
      ]
    ),
  ])
  func whatIsWrongIsSaid(_ text: String, _ problems: [String]) {
    let outcome = outcome(text, aws: "{ name: 'prod' }")
    #expect(outcome.errors.map(\.text) == problems)
    #expect(outcome.plan == nil)
  }

  /// Knowing such an address, or such a command line, is enough to speak for us: the journal would keep it.
  @Test(arguments: [
    ("https://hc-ping.com/0f0f1111-2222-4333-8444-555566667777", true),
    ("https://chat.example/api/webhooks/118205/Xk29dTq0LmZ7aa1B", true),
    ("https://siem.example/in/0f0f1111-2222-4333-8444-555566667777", true),
    ("https://events.pagerduty.com/integration/0123456789abcdef0123456789abcdef/enqueue", true),
    ("https://prod-12.westeurope.logic.azure.com/workflows/x/triggers", true),
    ("https://siem.example/in/ghp_0123456789abcdefghij", true),
    ("https://siem.acme.example/in/kQzJwLrTnVbXmPdSfGhY", true),
    ("https://siem.acme.example/in/watchkeeper_alerts_v2", false),
    ("https://siem.acme.example/in/WatchkeeperAlertsProduction", false),
    ("https://siem.acme.example/in", false), ("http://127.0.0.1:8080/hook", false),
    ("https://siem.acme.example/v2/audit-events/watchkeeper-production", false),
  ])
  func aKeyInAnAddressIsRefused(_ url: String, _ isKey: Bool) {
    let outcome = outcome("{ kind: 'webhook', key_from: 'env:K', url: '\(url)' }", aws: "")
    #expect(
      outcome.errors.map(\.text)
        == (isKey
          ? [
            "url holds what looks like a key; it would be copied into the journal: put the whole "
              + "address into url_from, \"env:NAME\""
          ] : []))
  }

  @Test(arguments: [
    ("'--token', 'abc123'", true), ("'--api-key=abc123'", true),
    ("'-H', 'Authorization: Bearer x1y2'", true),
    ("'https://u:p@chat.example/'", true),
    ("'https://chat.example/hook/118205/Xk29dTq0LmZ7aa1B'", true),
    ("'--token-file', '/run/keys/chat'", false), ("'--password-file=/run/keys/chat'", false),
    ("'--floor', '2'", false), ("'https://chat.example/in'", false),
    ("'-c', 'grep -q raised && echo rang'", false), ("'PAGER_KEY=s3cr3tvalue99xx'", true),
    ("'-u', 'ops:Hunter2Hunter2'", true), ("'--header', 'X-Api-Key: 9f8e7d6c5b4a'", true),
    ("'-c', 'post -d routing_key=R0123456789ABCDEF'", true), ("'-u', '/run/login:x'", false),
    ("'LANG=C.UTF-8', 'team=security-operations'", false),
    ("'--topic', 'arn:aws:sns:us-east-1:111122223333:audit-alarms'", false),
    // What a shell is to read, also where it names an address.
    ("'-c', 'PAGER_KEY=hunter2secret curl https://x.example/alert'", true),
    ("'curl -u mira:hunter2 https://x.example/'", true),
    ("'curl -umira:hunter2 https://x.example/'", true),
    ("'curl --user=mira:hunter2 https://x.example/'", true),
    ("\"curl -H 'X-Api-Key: hunter2' https://x.example/\"", true),
    ("\"curl -H 'Accept: text/plain' -H X-Api-Key:hunter2 https://x.example/\"", true),
    ("'tell --key 0a1b2c3d4e5f60718293a4b5 https://x.example/'", true),
    ("'tell https://x.example/; KEY_ID=7 API_KEY=hunter2 tell'", true),
    ("'curl \"https://chat.example/hook/118205/Xk29dTq0LmZ7aa1B\" -d x'", true),
    ("'--key', '0a1b2c', 'https://x.example/'", true), ("'mask ghp_0123456789abcdefghij'", true),
    ("'-c', 'tell -u mira:$PASS --key $KEY https://x.example/in'", false),
    ("'-c', 'PAGER_KEY=$(cat /run/keys/pager) tell \"https://x.example/in\" | logger'", false),
    ("'run --user 1000:1000 --url=https://x.example/v2/audit-events alert'", false),
    ("'-c', 'curl -d level=high&team=security https://x.example/in?team=security'", false),
  ])
  func aKeyAmongArgumentsIsRefused(_ arguments: String, _ isKey: Bool) {
    let outcome = outcome("{ kind: 'command', run: ['/bin/tell', \(arguments)] }", aws: "")
    #expect(
      outcome.errors.map(\.text)
        == (isKey
          ? [
            "run holds what looks like a key; it would be copied into the journal: let the program "
              + "read it from a file of its own"
          ] : []))
  }

  /// What is known everywhere as a secret is named once.
  @Test func oneLineForOneSecret() {
    for text in [
      "{ kind: 'webhook', key_from: 'env:K', url: 'https://hooks.slack.com/services/T0/B0/abcdefgh' }",
      "{ kind: 'webhook', key_from: 'env:K', url: 'https://u:p@chat.example/hook/118205/Xk29dTq0LmZ7aa1B' }",
      "{ kind: 'command', run: ['/bin/tell', 'AKIAIOSFODNN7EXAMPLE'] }",
    ] {
      #expect(outcome(text, aws: "").errors.count == 1, "\(text)")
    }
  }

  @Test func aTopicNeedsAnAccount() {
    let two = outcome(
      "{ kind: 'sns', topic: 'arn:aws:sns:us-east-1:111122223333:sec' }",
      aws: "{ name: 'a' }, { name: 'b' }")
    #expect(
      two.errors.map(\.text) == [
        "account is missing: more than one AWS account is known; name the one of clouds.aws that "
          + "publishes"
      ])
  }

  @Test func theJournalKeepsPlacesAndNoSecrets() throws {
    let plan = try #require(
      outcome(
        "{ kind: 'email', from: 'w@c.example', to: ['a@c.example', 'b@c.example'], least: 'high', "
          + "server: 'smtps://h', user: 'w', key_from: 'file:/run/p' }", aws: ""
      ).plan)
    #expect(
      plan.configurationJSON["channels"]?.line
        == #"{"x":{"kind":"email","key_from":"file:/run/p","least":"high","from":"w@c.example","#
        + #""server":"smtps://h","to":["a@c.example","b@c.example"],"user":"w"}}"#)
  }
}
