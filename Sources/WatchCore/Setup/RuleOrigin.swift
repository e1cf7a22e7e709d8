/// Whose hand a change of the rules shows: who started the watch that found it, or whose file it is.
public struct RuleOrigin: Hashable, Sendable {
  public var by: Operator?
  /// Neither the service's own user nor root: somebody's name.
  public var isPerson: Bool
  /// `watchkeeper.json5 of mira (uid 1000), changed 2026-11-20T03:01:00.000Z`
  public var file: String?
  /// As said at the start, with `--why`.
  public var why: String?

  public init(by: Operator?, isPerson: Bool, file: String? = nil, why: String? = nil) {
    self.by = by
    self.isPerson = isPerson
    self.file = file
    self.why = why
  }
}
