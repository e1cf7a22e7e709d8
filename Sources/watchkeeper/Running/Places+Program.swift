import WatchJournal
import WatchSetup

extension Places {
  /// The places that the command line and the environment name.
  init(_ arguments: Arguments, _ surroundings: Surroundings) throws(ProgramError) {
    do throws(Places.Unknown) {
      try self.init(
        environment: surroundings.environment, configuration: arguments.value("--config"),
        state: arguments.value("--state"))
    } catch {
      throw ProgramError(error.description, status: 78)
    }
  }

  var stateFolder: StateFolder { StateFolder(path: state) }
}
