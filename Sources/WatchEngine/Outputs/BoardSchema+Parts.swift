import WatchCore

extension BoardSchema {
  static var cloud: JSON {
    Shape.object(
      "One cloud.",
      [
        Member("cloud", Shape.words("Which.", Cloud.allCases.map(\.rawValue))),
        Member("account", Shape.text("Names of its accounts, with commas."), optional: true),
        Member("state", state("Of its worst path that counts.")),
        Member("label", Shape.text("As on screen: plain ok only while no alert is open there.")),
        Member("since", Shape.time("Since when it is in that state."), optional: true),
        Member("open_alerts", Shape.whole("Open or shelved.")),
        Member("delivering", pair("Paths whose records arrive, of how many.")),
        Member("regions", pair("Regions, subscriptions or projects covered, of how many.")),
        Member("paths", Shape.list("Worst first.", of: path)),
      ])
  }

  private static func state(_ what: String) -> JSON {
    Shape.words(what, HeartbeatState.allCases.map(\.rawValue))
  }

  private static func pair(_ what: String) -> JSON {
    Shape.list(what, of: ["type": "integer", "minimum": 0], count: 2)
  }

  private static var path: JSON {
    Shape.object(
      "One way that records arrive, or one thing that must be seen for them to be trusted.",
      [
        Member("path", Shape.text("Its id.")), Member("source", Shape.text("cloud/account/name.")),
        Member("kind", Shape.words("Its kind.", PathKind.allCases.map(\.rawValue))),
        Member("region", Shape.text("Region, subscription or project.")),
        Member("account", Shape.text("The configured account's name.")),
        Member("state", state("The judgement.")),
        Member("since", Shape.time("Since when that holds.")),
        Member("newest", Shape.time("When its newest record arrived."), optional: true),
        Member("looked", Shape.time("When it was last looked at."), optional: true),
        Member("proven", Shape.time("When a proof was last seen."), optional: true),
        Member("expect", Shape.text("period+grace."), optional: true),
        Member("judged_by", Shape.text("Hours, or what was learned."), optional: true),
        Member("required", Shape.flag("The source is as bad as this path.")),
        Member("reason", Shape.text("Why it is in that state."), optional: true),
        Member("blind", Shape.text("Why it could not be looked at."), optional: true),
      ])
  }

  static var alert: JSON {
    Shape.object(
      "An open alert.",
      [
        Member("id", Shape.text("A-0143.")), Member("code", Shape.text("Of the catalogue.")),
        Member("state", Shape.words("NEW, acknowledged, cleared, shelved.", labels)),
        Member("priority", Shape.words("How soon.", Priority.allCases.map(\.rawValue))),
        Member("source", Shape.text("cloud/account/name.")),
        Member("subject", Shape.text("What of it, where there are several."), optional: true),
        Member("place", Shape.text("account/region.")), Member("what", Shape.text("In a line.")),
        Member("failed", Shape.time("When it failed.")),
        Member("detected", Shape.time("When the watch knew.")),
        Member("acked", Shape.time("The first acknowledgement."), optional: true),
        Member("cleared", Shape.time("When the condition was gone."), optional: true),
        Member("reopened", Shape.text("Why it is NEW again."), optional: true),
        Member("owner", Shape.text("Who took it, or shelved it."), optional: true),
        Member("until", Shape.time("When that ends by itself."), optional: true),
        Member("under", Shape.text("The alert whose symptom it is."), optional: true),
        Member("chattering", Shape.whole("How often it came back."), optional: true),
        Member("cause", cause, optional: true), Member("gap", gap, optional: true),
        Member("runbook", Shape.text("docs/runbooks, without .md."), optional: true),
        Member("told", Shape.list("Each attempt to tell somebody.", of: told), optional: true),
        Member("unheard", unheard, optional: true), Member("next_call", call, optional: true),
        Member("restore_by", Shape.time("By when it is to have cleared."), optional: true),
        Member("overdue", Shape.flag("True where that has passed."), optional: true),
      ])
  }

  private static let labels = ["NEW", "ACK", "CLR", "SHV"]

  private static var cause: JSON {
    let known = ["actor", "action", "region"].map { Member($0, Shape.text($0)) }
    let perhaps = ["from", "agent", "identity", "event", "subject", "error"].map {
      Member($0, Shape.text($0), optional: true)
    }
    return Shape.object(
      "Who did what.", known + [Member("at", Shape.time("When it was done."))] + perhaps)
  }

  private static var gap: JSON {
    let counts = ["delivered_late", "recovered", "lost", "unproven"].map {
      Member($0, Shape.whole("Records."))
    }
    return Shape.object(
      "What became of the records of the time in between.",
      [
        Member("from", Shape.time("Its start.")),
        Member("to", Shape.time("Its end; absent while it lasts."), optional: true),
      ] + counts + [
        Member("witness", Shape.text("By what that is known.")),
        Member("unproven_what", Shape.text("What could not be proven.")),
      ])
  }

  private static var told: JSON {
    Shape.object(
      "An attempt.",
      [
        Member("at", Shape.time("When it was answered.")), Member("to", Shape.text("Who.")),
        Member("channel", Shape.text("By what.")), Member("accepted", Shape.flag("Taken.")),
        Member("detail", Shape.text("The channel's own id, or why not."), optional: true),
        Member("attempt", Shape.whole("Which one."), optional: true),
        Member("next", Shape.time("When it is tried again."), optional: true),
      ])
  }

  private static var unheard: JSON {
    Shape.object(
      "Nobody could be told.",
      [
        Member("since", Shape.time("When the first call was to go out.")),
        Member("why", Shape.list("What each channel said.", of: ["type": "string"])),
        Member("sure", Shape.flag("More than a passing failure.")),
        Member("next", Shape.time("The next attempt."), optional: true),
      ])
  }

  private static var call: JSON {
    Shape.object(
      "Who is called next if nobody acknowledges.",
      [
        Member("to", Shape.text("Who.")), Member("role", Shape.text("Of which role.")),
        Member("at", Shape.time("When.")),
        Member("channels", Shape.list("By what.", of: ["type": "string"])),
      ])
  }
}
