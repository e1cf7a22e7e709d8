import WatchJournal

/// Where configuration and state lie (XDG Base Directory Specification), unless the command line
/// says otherwise.
struct ProgramPlaces {
  let configurationFolder: String?
  let configuration: String
  let state: StateFolder

  init(_ arguments: Arguments, _ surroundings: Surroundings) throws(ProgramError) {
    let environment = surroundings.environment
    func base(_ variable: String, _ below: String) -> String? {
      if let path = environment[variable], path.hasPrefix("/") { return "\(path)/watchkeeper" }
      return surroundings.home.map { "\($0)/\(below)/watchkeeper" }
    }
    configurationFolder = base("XDG_CONFIG_HOME", ".config")
    let stateFolder = arguments.value("--state") ?? base("XDG_STATE_HOME", ".local/state")
    guard
      let configuration = arguments.value("--config")
        ?? configurationFolder.map({ "\($0)/watchkeeper.json5" }), let stateFolder
    else {
      throw ProgramError(
        "HOME is not set: say where things are with --config FILE and --state DIR", status: 78)
    }
    self.configuration = configuration
    state = StateFolder(path: stateFolder)
  }

  func demoState(_ scenario: String) -> String { "\(state.path)/demo/\(scenario)" }
}
