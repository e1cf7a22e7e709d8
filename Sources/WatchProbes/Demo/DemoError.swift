/// Why a demo scenario cannot be shown.
public enum DemoError: Error, Sendable, Equatable {
  case unknownScenario(String, known: [String])
  /// A file of the demo's data is not there, or cannot be read.
  case missing(path: String)
  /// A file of the demo's data does not say what it should.
  case broken(path: String, why: String)

  /// What happened and what to do, in one line.
  public var plain: String {
    switch self {
    case .unknownScenario(let name, let known):
      "There is no scenario \"\(name)\". There are: \(known.joined(separator: ", "))."
    case .missing(let path):
      "The demo's file \(path) cannot be read. Is demo-data installed beside the program?"
    case .broken(let path, let why):
      "The demo's file \(path) is broken: \(why)"
    }
  }
}
