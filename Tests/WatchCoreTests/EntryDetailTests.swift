import Testing
import WatchCore

/// The words of the journal's rows.
struct EntryDetailTests {
  private static let start = Timestamp(seconds: 1_795_143_600)
  private static let mira = Operator(name: "mira", uid: 1000)
  private static let id = AlertID(141)

  private static func raise(under: AlertID? = nil) -> Event {
    .raise(
      Raise(
        alert: id, code: "aws.trail.stopped",
        source: SourceID(cloud: .aws, account: "prod", name: "org-trail"),
        place: Place(account: "prod"), kind: .condition, priority: .high, failed: start,
        what: "STOPPED", under: under))
  }

  private static let cause = Cause(
    actor: "dev", action: "StopLogging", region: "us-east-1", at: start, from: "198.51.100.7")

  static let table: [(Event, String, String)] = [
    (raise(), "-", "aws.trail.stopped high"),
    (raise(under: AlertID(140)), "-", "aws.trail.stopped high, under A-0140"),
    (.cause(id, cause, what: "x", evidence: []), "-", "StopLogging by dev from 198.51.100.7"),
    (
      .told(Told(alert: id, channel: "pager", to: "mira", accepted: true, detail: "id 7")), "-",
      "pager accepted (mira)"
    ),
    (
      .told(Told(alert: id, channel: "pager", to: "mira", accepted: false, detail: "HTTP 500")),
      "-", "pager NOT told (mira): HTTP 500"
    ),
    (.act(Act(.note, alert: id, by: mira, text: "same gap")), "mira", "\"same gap\""),
    (
      .step(
        StepMark(
          alert: id, runbook: "aws-trail-stopped", step: 2, outcome: .skipped, text: "known",
          by: mira)), "mira", "aws-trail-stopped/2 skipped \"known\""
    ),
    (
      .act(
        Act(.shelve, alert: id, by: mira, text: "case 8812", until: start + .hours(30))), "mira",
      "until 11-21 09:00Z \"case 8812\""
    ),
    (
      .act(Act(.assign, alert: id, by: mira, until: start + .minutes(30), to: "jon")), "mira",
      "to jon until 03:30Z"
    ),
    (.act(Act(.undo, alert: id, by: mira, of: 427)), "mira", "takes back entry 427"),
    (.act(Act(.clear, alert: id, text: "logging again")), "-", "logging again"),
    (.act(Act(.close, alert: id)), "-", "acknowledged and cleared"),
    (.act(Act(.reopen, alert: id, text: "back", priority: .high)), "-", "back, now high"),
    (
      .gap(
        id, GapAccount(from: start, to: start + .seconds(325), recovered: 37, unproven: 2)), "-",
      "37 recovered, 2 unproven; 03:00:00Z to 03:05:25Z, 5m25s"
    ),
    (
      .duty(DutyMark(to: "mira", from: "jon", text: "quiet", by: mira)), "mira",
      "taken over from jon \"quiet\""
    ),
    (.duty(DutyMark(to: "jon", from: "mira", by: mira)), "mira", "handed over to jon"),
    (
      .watch(
        WatchMark(
          what: .gap, epoch: 2, host: "bridge", pid: 1, version: "1", from: start,
          to: start + .minutes(20))), "-", "nobody watched: 03:00:00Z to 03:20:00Z"
    ),
    (
      .recovered(Recovered(bytes: 212, hash: "abcdef0123456789")), "-",
      "torn line of 212 bytes kept, sha256 abcdef01.."
    ),
    (.unknown(kind: "hologram", .object([])), "-", "hologram: not known to this version"),
  ]

  @Test(arguments: table)
  func words(_ event: Event, _ who: String, _ detail: String) {
    let entry = Entry(seq: 9, prev: Entry.noPrevious, at: Self.start, boot: 0, event: event)
    #expect(entry.who == who)
    #expect(entry.detail == detail)
  }

  @Test func anAcknowledgementSaysHowLongItTook() {
    func entry(_ seq: Int, after seconds: Int, _ event: Event) -> Entry {
      Entry(seq: seq, prev: "", at: Self.start + .seconds(seconds), boot: 0, event: event)
    }
    let ack = Event.act(
      Act(.ack, alert: Self.id, by: Self.mira, until: Self.start + .minutes(30)))
    let entries = [
      entry(1, after: 0, Self.raise()), entry(2, after: 115, ack), entry(3, after: 600, ack),
    ]
    let picture = Picture(entries)
    #expect(entries[1].detail(in: picture) == "1m55s after the raise")
    #expect(entries[2].detail(in: picture) == "renewed 10m00s after the raise")
    #expect(entries[1].detail == "until 03:30Z")
  }

  @Test(arguments: [
    ("plain é 日本", "plain é 日本"), ("a\nb\r\tc", #"a\nb\r\tc"#),
    ("\u{1B}[31m\u{9B}\u{7F}\u{0}", #"\u001b[31m\u009b\u007f\u0000"#),
    ("\u{2028}\u{202E}\u{200F}\u{E0041}", #"\u2028\u202e\u200f\udb40\udc41"#),
  ])
  func plainLineSendsNoControls(_ text: String, _ shown: String) {
    #expect(text.plainLine == shown)
  }

  @Test func shortenedSaysThatItWasCut() {
    #expect("abcdef".shortened(to: 6) == "abcdef")
    #expect("abcdefg".shortened(to: 6) == "abcd..")
  }
}
