extension FailureCatalogue {
  static let watch: [Failure] = [
    entry(
      "watch.gap", .event, .high, .error, probe: "watch",
      "Monitor gap", "The watch itself was down or suspended: nobody looked in that time."),
    entry(
      "watch.clock", .condition, .medium, .error, probe: "watch",
      "Clock off", "Our clock and the clouds' differ by more than 60 seconds."),
    entry(
      .unreachable, .condition, .high, .error, probe: "watch",
      "Nobody was told", "Every channel of a role refused or failed, or there is none."),
    entry(
      .muted, .condition, .medium, .capture, probe: "watch",
      "Notifications muted", "Somebody withholds notifications: nobody is told of new alerts."),
    entry(
      "watch.unheard", .condition, .medium, .error, probe: "watch",
      "Watch not heard outside",
      "The dead man's switch outside could not be told twice running that the watch lives."),
    entry(
      "journal.unsaved", .condition, .high, .storage, probe: "watch",
      "Journal not saved", "An entry could not be written to the journal (acknowledgement log)."),
  ]
}
