/// A procedure for one failure, or for several that are handled alike: a Markdown file of numbered
/// steps. Its format is docs/runbook-format.md.
public struct Runbook: Hashable, Sendable {
  /// The file's name without its folder and `.md`, such as `aws-trail-stopped`; with a step's number
  /// it is what the journal calls that step: `aws-trail-stopped/1`.
  public var name: String
  public var title: String
  /// The failure codes that it handles, such as `aws.trail.stopped`; none where it is for
  /// a question: what costs so much?
  public var codes: [String]
  /// Who keeps the page true.
  public var owner: String
  /// The role that works through it.
  public var role: String
  /// What the failure means, in paragraphs; may be empty.
  public var meaning: [Template]
  /// Numbered from 1 without gaps; never empty. The last one, and no other, closes the alert.
  public var steps: [RunbookStep]

  /// The step of that number, counted from 1.
  public func step(_ number: Int) -> RunbookStep? {
    steps.indices.contains(number - 1) ? steps[number - 1] : nil
  }
}

/// One step of a runbook.
public struct RunbookStep: Hashable, Sendable {
  /// From 1.
  public var number: Int
  public var title: Runbook.Template
  /// Paragraphs; to be wrapped by whoever shows them.
  public var prose: [Runbook.Template]
  /// Shell commands, one logical line each, to be run in this order.
  public var commands: [Runbook.Template]
  /// What may be seen, and where each leads.
  public var outcomes: [Outcome]
  /// The console probes again at this step.
  public var probes: Bool
  /// Its commands change something: they are run after the operator typed a word to confirm.
  public var remedies = false
  /// The step that closes the alert with a line on the cause.
  public var closes: Bool

  /// What a person may see, good or bad, and what to do then.
  public struct Outcome: Hashable, Sendable {
    public var isGood: Bool
    public var text: Runbook.Template
    /// The number of the step to go on with; nil is the next one.
    public var goTo: Int?
  }
}

extension [Runbook] {
  /// The first runbook that handles the failure of that code.
  public func handling(_ code: String) -> Runbook? {
    first { $0.codes.contains(code) }
  }
}
