import Posix
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
    if (try? FileFacts(path: state)) != nil, !Directory.isDirectory(state) {
      throw ProgramError(
        "\(state) is no folder: --state needs one, or the name of a new one", status: 73)
    }
  }

  var stateFolder: StateFolder { StateFolder(path: state) }
}
