/// A runbook's command that changes something, run by an operator after it was typed to confirm:
/// one entry before it runs, one with what came of it.
public struct Remedy: Hashable, Sendable {
  public var alert: AlertID
  public var runbook: String
  public var step: Int
  /// Exactly what the shell is given.
  public var command: String
  /// Nil: it is about to run. The exit status; 128 + the signal's number after a signal.
  public var status: Int?
  /// The beginning of what it said, credentials masked; or why it could not run.
  public var output: String?
  public var by: Operator
  /// Number of the entry that proposed it, where two must agree; `by` approved it.
  public var proposal: Int?
  public var proposedBy: Operator?

  public init(
    alert: AlertID, runbook: String, step: Int, command: String, status: Int? = nil,
    output: String? = nil, by: Operator
  ) {
    self.alert = alert
    self.runbook = runbook
    self.step = step
    self.command = command
    self.status = status
    self.output = output
    self.by = by
  }

  /// In one line, for a list. Holds outside text.
  public var detail: String {
    let result = status.map { $0 == 0 ? "done" : "FAILED, status \($0)" } ?? "begun"
    let said = output.map { ": \($0.prefix { $0 != "\n" })" } ?? ""
    let proposed = proposedBy.map { ", proposed by \($0.name)" } ?? ""
    return "\(runbook)/\(step) \(result), typed to confirm\(proposed)\(said)"
  }

  /// Its end where nobody waited for it: whoever ran it has ended first.
  public var unwaited: Remedy {
    var remedy = self
    (remedy.status, remedy.output) = (125, "not known: the console ended while it ran")
    return remedy
  }

  var facts: [(String, JSON?)] {
    [
      ("alert", .string(alert.text)), ("runbook", .string(runbook)), ("step", .int(Int64(step))),
      ("command", .string(command)), ("status", status.map { .int(Int64($0)) }),
      ("output", output.map(JSON.string)), ("by", by.json),
      ("proposal", proposal.map { .int(Int64($0)) }), ("proposed_by", proposedBy?.json),
    ]
  }

  init?(json: JSON) {
    guard let alert = json["alert"]?.string.flatMap(AlertID.init(text:)),
      let runbook = json["runbook"]?.string, let step = json["step"]?.int,
      let command = json["command"]?.string, let by = Operator(json: json["by"])
    else { return nil }
    self.init(
      alert: alert, runbook: runbook, step: step, command: command, status: json["status"]?.int,
      output: json["output"]?.string, by: by)
    proposal = json["proposal"]?.int
    proposedBy = Operator(json: json["proposed_by"])
  }
}
