import Foundation
import Posix
import TerminalTesting

/// An account behind an endpoint where nobody listens, and the programs that watch it: what cannot
/// be looked at is raised at the second failed look.
final class LoneEstate: Sendable {
  let scratch: Scratch
  let configuration: String
  let state: String

  init() throws {
    scratch = try Scratch()
    configuration = scratch.path + "/one.json5"
    state = scratch.path + "/state"
    try write()
  }

  /// Where ``receive(failing:)`` puts what was told.
  var received: String { scratch.path + "/received" }

  /// Configures a receiver: it takes each notification whole or not at all, and then says of a third of
  /// them, at their first arrival, that it could not. By their keys and not by their number: those that
  /// come together would else be refused together for ever.
  func receive(failing seed: UInt64) throws {
    let script = scratch.path + "/receiver.sh"
    try Directory.create(received)
    try File.replace(
      script,
      with: Array(
        """
        new=$(mktemp "$1/new-XXXXXX") || exit 75
        cat > "$new" || exit 75
        key=$(sed 's/.*"message_key":"\\([0-9a-f]*\\)".*/\\1/' "$new")
        sum=$(echo "$key" | cksum | cut -d ' ' -f 1)
        known=$(grep -ls "$key" "$1"/got-* | wc -l)
        mv "$new" "$1/got-${new##*new-}" || exit 75
        [ "$known" = 0 ] && [ $(((sum + \(seed)) % 3)) = 0 ] && exit 75
        echo "taken $known"
        """.utf8))
    try write(
      more: """
        , duty: { roles: { lead: { members: ["mira"], channels: ["receiver"] } } },
          channels: { receiver: { kind: "command", run: ["/bin/sh", "\(script)", "\(received)"] } }
        """)
  }

  /// What was told: a value of each notification that arrived.
  func received(_ field: String) -> [String] {
    let names = (try? Directory.names(in: received)) ?? []
    return names.filter { $0.hasPrefix("got-") }.compactMap { name in
      let bytes = (try? File.readAll("\(received)/\(name)", limit: 65_536)) ?? []
      let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      return object?[field] as? String
    }
  }

  /// Writes the configuration.
  func write(expect: String = "15m+15m", more: String = "") throws {
    try File.replace(
      configuration,
      with: Array(
        """
        { clouds: { aws: [{ name: "prod", regions: ["us-east-1"], endpoint: "http://127.0.0.1:1" }] },
          sources: [{ id: "aws/prod/one", expect: { s3: "\(expect)" },
            trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/one" }]\(more) }
        """.utf8))
  }

  static let keys = [
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-a-key",
    "AWS_EC2_METADATA_DISABLED": "true",
  ]

  private var places: [String] { ["--config", configuration, "--state", state] }

  /// The service; what it prints is the screen.
  ///
  /// - Parameter through: what a shell does first.
  func watch(
    _ environment: [String: String] = [:], through: String? = nil
  ) throws -> TerminalSession {
    let command = [TerminalSession.watchkeeper, "watch"] + places
    let words = through.map { ["/bin/sh", "-c", $0 + "; exec \"$@\"", "sh"] + command }
    return try TerminalSession(
      words ?? command, columns: 200, rows: 100,
      environment: Self.keys.merging(environment) { $1 })
  }

  func console() throws -> TerminalSession {
    try TerminalSession(
      [TerminalSession.watchkeeper] + places, columns: 120, rows: 30, environment: Self.keys)
  }

  var journal: WrittenJournal { WrittenJournal(state: state) }

  /// Asks whoever watches to look now.
  func ask() throws {
    try Directory.create(state + "/requests")
    try File.replace(
      state + "/requests/test.json", with: Array(#"{"v":1,"ask":"probe"}"#.utf8), synced: false)
  }

  /// Reads what a session prints until the journal is as it should be.
  func wait(
    _ session: TerminalSession, for what: String, until holds: ([WrittenEntry]) -> Bool
  ) throws {
    let deadline = MonotonicClock.millis() + 60_000
    while !holds(journal.entries) {
      guard MonotonicClock.millis() < deadline else {
        let kinds = journal.entries.map { "\($0.seq) \($0.kind) \($0.text("what"))" }
        throw session.failure("waited for \(what) in \(kinds)")
      }
      session.settle(quietMillis: 50)
    }
  }

  /// Who holds the lease, as the lock file says.
  var holder: Int {
    let bytes = (try? File.readAll(state + "/watch.lock", limit: 4096)) ?? []
    let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    return object?["pid"] as? Int ?? -1
  }
}

extension [WrittenEntry] {
  /// The watch's own entries of a kind: starts, stops, gaps.
  func marks(_ what: String) -> [WrittenEntry] {
    filter { $0.kind == "watch" && $0.text("what") == what }
  }
}

extension TerminalSession {
  /// Quits a console, whatever is NEW.
  func leave() throws -> ProcessEnding {
    try type("q")
    try wait(for: "an end, or the question") { screen in
      !screen.isAlternate || screen.contains("Quit all the same?")
    }
    if screen.isAlternate { try type("y") }
    return try end()
  }
}
