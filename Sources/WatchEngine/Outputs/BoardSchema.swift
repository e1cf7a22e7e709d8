import WatchCore
import WatchJournal

/// The JSON Schema of what ``BoardJSON`` makes: `watchkeeper docs schema`, docs/status.schema.json.
public enum BoardSchema {
  typealias Member = SchemaShape.Member
  typealias Shape = SchemaShape

  public static var json: JSON {
    var members: [JSON.Member] = [
      JSON.Member("$schema", "https://json-schema.org/draft/2020-12/schema"),
      JSON.Member("title", "watchkeeper check --json and status --json, schema 1"),
    ]
    members += Shape.object("What is watched, and how it fares.", top).members ?? []
    members.append(
      JSON.Member(
        "anyOf",
        [
          ["required": ["error"]],
          ["required": .array(always.map(JSON.string))],
        ]))
    return .object(members)
  }

  /// Stand there unless nothing at all could be looked at.
  private static let always = [
    "at", "watch", "journal", "clouds", "alerts", "planned", "channels", "outbox",
  ]

  private static var top: [Member] {
    let states = HeartbeatState.allCases.map(\.rawValue)
    return [
      Member("schema", ["const": .int(BoardJSON.schema), "description": "1"]),
      Member("at", Shape.time("When it was printed."), optional: true),
      Member(
        "state", Shape.words("The worst state of all configured clouds.", states)),
      Member("exit", exit),
      Member(
        "error", Shape.text("Why nothing at all could be looked at: no other facts then."),
        optional: true),
      Member("demo", Shape.flag("True where the demo made it."), optional: true),
      Member("muted", muted, optional: true),
      Member("watch", watch, optional: true), Member("journal", journal, optional: true),
      Member("duty", Shape.text("Who is on duty."), optional: true),
      Member("clouds", Shape.list("All three.", of: cloud, count: 3), optional: true),
      Member(
        "alerts", Shape.list("The open ones, symptoms after their cause.", of: alert),
        optional: true),
      Member(
        "planned", Shape.list("Announced changes that are not over.", of: planned), optional: true),
      Member("channels", Shape.list("Those that were ever used.", of: channel), optional: true),
      Member(
        "outbox", Shape.whole("Notifications that are still to be sent."), optional: true),
    ]
  }

  private static let exit: JSON = [
    "type": "integer", "enum": [0, 1, 2, 3],
    "description": "The exit status of check: 0 ok, 1 warning, 2 critical, 3 unknown.",
  ]

  private static var muted: JSON {
    Shape.object(
      "A mute that holds: nobody is told.",
      [
        Member("until", Shape.time("Its end.")), Member("by", Shape.text("Who muted.")),
        Member("reason", Shape.text("Why.")),
        Member("withheld", Shape.whole("Notifications that were withheld so far.")),
      ])
  }

  private static var watch: JSON {
    Shape.object(
      "Who watches this state folder.",
      [
        Member("alive", Shape.flag("Somebody holds the lease, and beats.")),
        Member("pid", Shape.whole("Of who holds the lease."), optional: true),
        Member("host", Shape.text("Its machine."), optional: true),
        Member(
          "role",
          Shape.words(
            "What holds the lease: the service, a console, a single look.",
            ["watch", "console", "check"]), optional: true),
        Member("since", Shape.time("When that watch began."), optional: true),
        Member("beat", Shape.time("Its last sign of life."), optional: true),
        Member("last_look", Shape.time("When a watch last looked at any path."), optional: true),
      ])
  }

  private static var journal: JSON {
    Shape.object(
      "The journal.",
      [
        Member("saved", Shape.flag("False: what was found could not be written.")),
        Member("why", Shape.text("Why not."), optional: true),
        Member("entries", Shape.whole("Number of the newest entry.")),
        Member("newest", Shape.time("When it was written."), optional: true),
      ])
  }

  private static var planned: JSON {
    Shape.object(
      "An announced change.",
      [
        Member("text", Shape.text("What it is.")), Member("from", Shape.time("Its start.")),
        Member("to", Shape.time("Its end.")),
        Member("source", Shape.text("Absent: of everything."), optional: true),
        Member("by", Shape.text("Who announced it."), optional: true),
      ])
  }

  private static var channel: JSON {
    Shape.object(
      "A way to tell people.",
      [
        Member("channel", Shape.text("Its name.")),
        Member("failures", Shape.whole("Attempts that failed since the last that did not.")),
        Member("next", Shape.time("Not tried before."), optional: true),
        Member("accepted", Shape.time("When it last took a message."), optional: true),
      ])
  }
}
