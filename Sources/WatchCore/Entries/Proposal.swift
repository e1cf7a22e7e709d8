/// A command that changes something, typed by one operator, where the configuration asks for two: it is
/// run when another operator types the same. Or the end of such a proposal.
public struct Proposal: Hashable, Sendable {
  public enum What: String, Hashable, Sendable {
    case made, ended
  }

  public var what: What
  public var alert: AlertID
  public var runbook: String
  public var step: Int
  /// Exactly what the shell would be given.
  public var command: String
  /// SHA-256, hexadecimal, of the command's UTF-8.
  public var hash: String
  /// With `made`: when it ends by itself, UTC.
  public var until: Timestamp?
  /// With `ended`: number of the entry that made it.
  public var of: Int?
  /// With `ended`: why.
  public var text: String?
  /// Nil: it ended by itself.
  public var by: Operator?

  /// Longer, and nobody knows any more what the first one had looked at.
  public static let lasts: Duration = .minutes(10)

  public init(
    _ what: What, alert: AlertID, runbook: String, step: Int, command: String, hash: String,
    until: Timestamp? = nil, of: Int? = nil, text: String? = nil, by: Operator? = nil
  ) {
    self.what = what
    self.alert = alert
    self.runbook = runbook
    self.step = step
    self.command = command
    self.hash = hash
    self.until = until
    self.of = of
    self.text = text
    self.by = by
  }

  func detail(at: Timestamp) -> String {
    switch what {
    case .made:
      return "\(runbook)/\(step) proposed until \(until?.clock(at: at) ?? "-"), command "
        + "\(hash.prefix(8)).."
    case .ended: return "\(runbook)/\(step) not approved: \(text ?? "its time is over")"
    }
  }

  var facts: [(String, JSON?)] {
    [
      ("what", .string(what.rawValue)), ("alert", .string(alert.text)),
      ("runbook", .string(runbook)), ("step", .int(Int64(step))), ("command", .string(command)),
      ("sha256", .string(hash)), ("until", until.map { .string($0.iso) }),
      ("of", of.map { .int(Int64($0)) }), ("text", text.map(JSON.string)), ("by", by?.json),
    ]
  }

  init?(json: JSON) {
    guard let what = json["what"]?.string.flatMap(What.init),
      let alert = json["alert"]?.string.flatMap(AlertID.init(text:)),
      let runbook = json["runbook"]?.string, let step = json["step"]?.int,
      let command = json["command"]?.string, let hash = json["sha256"]?.string
    else { return nil }
    self.init(
      what, alert: alert, runbook: runbook, step: step, command: command, hash: hash,
      until: json["until"]?.time, of: json["of"]?.int, text: json["text"]?.string,
      by: Operator(json: json["by"]))
    if what == .made, until == nil || by == nil { return nil }
  }
}
