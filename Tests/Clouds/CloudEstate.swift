import Foundation

/// An audited account behind a ``CloudServer``: one trail, its bucket and log objects, made by
/// `estate.py` in the server's own process, and the people who act in it.
struct CloudEstate: Sendable {
  /// Who the overlay knows: `dev` and `ops` act, `watchkeeper` looks.
  enum Person: String {
    case dev, ops, root
  }

  let server: CloudServer
  /// The trail's home region.
  let home: String
  private let options: [String]

  /// The trail's ARN.
  var trail: String { "arn:aws:cloudtrail:\(home):\(server.account):trail/main" }

  /// Regions us-east-1, eu-west-1 and ap-southeast-2 are enabled; built a month ago; the
  /// youngest log object of each region is three minutes old.
  /// - Parameters:
  ///   - options: Of the estate, kept for all that is done to it.
  ///   - how: Of the building alone: `--minutes 3,8` are the ages of the log objects.
  static func build(
    on server: CloudServer, home: String = "us-east-1", options: [String] = [],
    how: [String] = []
  ) async throws -> CloudEstate {
    let options = ["--home", home] + options
    let estate = CloudEstate(server: server, home: home, options: options)
    try await estate.run("build", arguments: how)
    return estate
  }

  /// Does something as somebody: see the list in estate.py.
  func act(_ action: String, as person: Person, region: String? = nil) async throws {
    let place = region.map { ["--region", $0] } ?? []
    try await run("act", action, "--as", person.rawValue, arguments: place)
  }

  /// Nothing younger than that is left, in these regions or in all; the trail's status agrees.
  func age(minutes: Int, regions: [String] = []) async throws {
    let place = regions.isEmpty ? [] : ["--in", regions.joined(separator: ",")]
    try await run("age", "\(minutes)", arguments: place)
  }

  /// New log objects of that age, in these regions or in all.
  func lay(minutes: Int, regions: [String] = []) async throws {
    let place = regions.isEmpty ? [] : ["--in", regions.joined(separator: ",")]
    try await run("lay", "\(minutes)", arguments: place)
  }

  /// Hourly digests that ended these hours ago, in these regions or in all; built with 1, 2 and 3.
  func digests(hoursAgo: [Int], regions: [String] = []) async throws {
    let place = regions.isEmpty ? [] : ["--in", regions.joined(separator: ",")]
    let hours = hoursAgo.map(String.init).joined(separator: ",")
    try await run("digests", hours, arguments: place)
  }

  /// What happened in those minutes, as one late log object.
  func deliver(minutes: Int, region: String) async throws {
    try await run("deliver", "\(minutes)", arguments: ["--in", region])
  }

  /// A write by `dev` in Event history, that long ago: activity that records are owed for.
  func wasActive(minutesAgo: Int, region: String) async throws {
    try await server.control(
      "POST", "events",
      """
      {"events": [{"eventName": "RunInstances", "eventSource": "ec2.amazonaws.com", "user": "dev",
        "awsRegion": "\(region)", "at": "-\(minutesAgo)m"}]}
      """)
  }

  /// Sets fields of GetTrailStatus; a region or all of them. Times may be `-40m`.
  func status(_ fields: String, region: String? = nil) async throws {
    let place = region.map { "\"\($0)\"" } ?? "null"
    try await server.control(
      "POST", "status", "{\"trail\": \"\(trail)\", \"region\": \(place), \"fields\": \(fields)}")
  }

  private func run(_ words: String..., arguments: [String] = []) async throws {
    let all = ["--endpoint", server.endpoint] + options + words + arguments
    let argv = String(decoding: try JSONEncoder().encode(all), as: UTF8.self)
    try await server.control("POST", "estate", "{\"argv\": \(argv)}")
  }
}
