import WatchCore

/// A failure at a source, seen now. The same finding next time is the same alert.
struct Finding: Hashable, Sendable {
  var code: FailureCode
  var source: SourceID
  var subject: String?
  var place: Place
  var priority: Priority
  var failed: Timestamp
  var what: String
  var evidence: [Evidence] = []
  var cause: Cause?
  var values: [JSON.Member] = []
  /// A blindness that its account as a whole explains: not reached, no credentials.
  var accountWide = false
  /// Of a blindness: the regions, subscriptions, projects that it is about.
  var regions: Set<String> = []

  /// When the last record came, where it is a silence.
  var missingSince: Timestamp {
    values.first { $0.key == Alert.sinceKey }?.value.string.flatMap(Timestamp.init(iso:)) ?? failed
  }

  var identity: Identity { Identity(code: code, source: source, subject: subject) }

  struct Identity: Hashable, Sendable {
    var code: FailureCode
    var source: SourceID
    var subject: String?
  }
}

extension Alert {
  var identity: Finding.Identity {
    Finding.Identity(code: code, source: source, subject: subject)
  }
}
