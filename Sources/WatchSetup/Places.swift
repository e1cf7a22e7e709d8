import WatchCore

/// Where the program's files lie (XDG Base Directory Specification 0.8).
public struct Places: Hashable, Sendable {
  /// The configuration file.
  public var configuration: String
  /// The state folder.
  public var state: String

  public init(configuration: String, state: String) {
    self.configuration = configuration
    self.state = state
  }

  /// One line: what is wrong and what to do.
  public struct Unknown: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String

    public init(description: String) {
      self.description = description
    }
  }

  /// - Parameters:
  ///   - environment: XDG_CONFIG_HOME, XDG_STATE_HOME and HOME count; relative ones do not.
  ///   - configuration: What `--config` says.
  ///   - state: What `--state` says.
  ///   - home: The user's home by the system's own book, where HOME is not set.
  public init(
    environment: [String: String], configuration: String? = nil, state: String? = nil,
    home: String? = nil
  ) throws(Unknown) {
    let home = Self.absolute(environment["HOME"]) ?? Self.absolute(home)
    let configurationHome =
      Self.absolute(environment["XDG_CONFIG_HOME"]) ?? home.map { "\($0)/.config" }
    let stateHome =
      Self.absolute(environment["XDG_STATE_HOME"]) ?? home.map { "\($0)/.local/state" }
    guard
      let configuration = configuration
        ?? configurationHome.map({ "\($0)/watchkeeper/watchkeeper.json5" })
    else {
      throw Unknown(description: "HOME is not set: say where with --config FILE")
    }
    guard let state = state ?? stateHome.map({ "\($0)/watchkeeper" }) else {
      throw Unknown(description: "HOME is not set: say where with --state DIR")
    }
    self.init(configuration: configuration, state: state)
  }

  /// Where themes and runbooks of one's own are looked for: beside the configuration.
  public var configurationFolder: String {
    guard let slash = configuration.lastIndex(of: "/") else { return "." }
    return slash == configuration.startIndex ? "/" : String(configuration[..<slash])
  }

  /// The state folder of a demo scenario.
  public func demo(_ scenario: String) -> String {
    "\(state)/demo/\(scenario)"
  }

  /// The path without slashes at its end; nil for one that is empty or relative.
  private static func absolute(_ path: String?) -> String? {
    guard var path, path.hasPrefix("/") else { return nil }
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path == "/" ? "" : path
  }
}
