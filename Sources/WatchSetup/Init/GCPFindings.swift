import CloudAPI
import WatchCore

/// What projects of Google Cloud showed when they were asked what there is to watch.
public struct GCPFindings: Sendable, Equatable {
  public struct Project: Sendable, Equatable {
    public var id: String
    public var name: String
    /// Those of its own, and of its folders and organization; nil where they could not be read.
    public var sinks: [LogSink]?
    public var exclusions: [LogExclusion] = []
    /// Services whose Data Access is logged by the project's own policy; nil: could not be read.
    public var audited: [String]?
    /// Log-based metrics that count audit entries.
    public var metrics: [String] = []
    /// Of Admin Activity; nil: no entry in the time, or they could not be read.
    public var pause: LongestPause?

    public init(id: String, name: String = "") {
      self.id = id
      self.name = name
    }

    /// Sinks of the project's own that carry more than it keeps anyway.
    var ownSinks: [LogSink] {
      (sinks ?? []).filter { sink in
        !sink.isBuiltIn && GoogleName.isSink(sink.name)
          && (sink.resourceName.isEmpty || sink.resourceName.hasPrefix("projects/"))
      }
    }
  }

  /// Where the token came from.
  public var who: String
  /// As the environment or the credential file names it.
  public var project: String?
  public var projects: [Project] = []
  /// What could not be seen, and why, one line each.
  public var unseen: [String] = []

  public init(who: String, project: String? = nil) {
    self.who = who
    self.project = project
  }
}
