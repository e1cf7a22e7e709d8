import Foundation

/// A sink of the Log Router (Cloud Logging API v2, `LogSink`).
public struct LogSink: Sendable, Equatable {
  /// Short: `to-siem`.
  public var name: String
  /// Whole: `projects/acme-1/sinks/to-siem`; empty where Google leaves it out.
  public var resourceName: String
  /// As sent: `pubsub.googleapis.com/projects/acme-1/topics/t`.
  public var destination: String
  /// Empty: every entry.
  public var filter: String
  public var isDisabled: Bool
  public var exclusions: [LogExclusion]
  /// `serviceAccount:…`; nil where the sink needs none.
  public var writerIdentity: String?
  public var description: String
  /// Of an organization or folder: takes the projects' entries too.
  public var includesChildren: Bool
  /// Takes them away from the projects' own sinks.
  public var interceptsChildren: Bool
  /// UTC.
  public var created: Date?
  public var updated: Date?

  /// Google's own two, which every parent has and which lead nowhere else: `_Required` keeps Admin
  /// Activity and System Event whatever anybody does, `_Default` the rest.
  public static let builtIn: Set<String> = ["_Required", defaultName]
  public static let defaultName = "_Default"

  public var isBuiltIn: Bool { Self.builtIn.contains(name) }

  /// Where the sink writes to, read.
  public var target: LogDestination { LogDestination(destination) }

  public init(name: String, destination: String, filter: String = "") {
    self.name = name
    resourceName = ""
    self.destination = destination
    self.filter = filter
    isDisabled = false
    exclusions = []
    description = ""
    includesChildren = false
    interceptsChildren = false
  }
}

/// What a sink leaves out (`LogExclusion`); of a parent, what its `_Default` sink leaves out.
public struct LogExclusion: Sendable, Equatable {
  public var name: String
  public var filter: String
  public var isDisabled: Bool
  public var description: String
  public var created: Date?
  public var updated: Date?

  public init(name: String, filter: String, isDisabled: Bool = false) {
    self.name = name
    self.filter = filter
    self.isDisabled = isDisabled
    description = ""
  }
}

/// A sink's destination ("Configure and manage sinks", destination formats).
public enum LogDestination: Sendable, Hashable {
  case bucket(String)
  case dataset(project: String, dataset: String)
  case topic(project: String, topic: String)
  /// A log bucket's whole name.
  case logBucket(String)
  /// Another project, whose own sinks go on with it.
  case project(String)
  /// As sent.
  case other(String)

  public init(_ text: String) {
    let slash = text.firstIndex(of: "/") ?? text.endIndex
    let rest = String(text[slash...].dropFirst())
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    switch (text[..<slash], parts.count) {
    case ("storage.googleapis.com", 1) where !rest.isEmpty: self = .bucket(rest)
    case ("bigquery.googleapis.com", 4) where parts[0] == "projects" && parts[2] == "datasets":
      self = .dataset(project: parts[1], dataset: parts[3])
    case ("pubsub.googleapis.com", 4) where parts[0] == "projects" && parts[2] == "topics":
      self = .topic(project: parts[1], topic: parts[3])
    case ("logging.googleapis.com", 2) where parts[0] == "projects": self = .project(parts[1])
    case ("logging.googleapis.com", 6) where parts[2] == "locations" && parts[4] == "buckets":
      self = .logBucket(rest)
    default: self = .other(text)
    }
  }
}
