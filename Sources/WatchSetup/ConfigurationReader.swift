import WatchCore

/// Reads a configuration file (docs/configuration.md): a plan, or all that is wrong with it at once.
public enum ConfigurationReader {
  public struct Outcome: Sendable, Equatable {
    /// Nil where any problem is more than a warning.
    public var plan: WatchPlan?
    /// In the file's order.
    public var problems: [SetupProblem]

    public var errors: [SetupProblem] { problems.filter { !$0.isWarning } }
  }

  public static func read(_ bytes: [UInt8]) -> Outcome {
    var reader = PlanReader()
    do {
      reader.read(try JSON5Reader.read(bytes))
    } catch {
      reader.problem(error.place, error.what, nil)
    }
    let problems = reader.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    let isUsable = problems.allSatisfy(\.isWarning)
    return Outcome(plan: isUsable ? reader.plan : nil, problems: problems)
  }
}
