/// A dead man's switch outside, as healthchecks.io has it: it is told at each interval that the watch
/// lives, and alarms by its own means when it hears nothing. Whoever watches the watcher must not
/// hang on the same wire.
public struct DeadManPlan: Hashable, Sendable {
  /// Where its URL is read: knowing the URL is enough to speak for the watch.
  public var url: SecretPlace
  public var every: Duration

  public init(url: SecretPlace, every: Duration = .minutes(1)) {
    self.url = url
    self.every = every
  }

  var json: JSON {
    .facts([
      ("url_from", .string(url.text)), ("every", .string("\(every.wholeSeconds)s")),
    ])
  }
}
