import Posix
import Testing

/// `watchkeeper load`: the journal's figures, also of a journal without an entry.
@Suite(Need.program.trait) struct LoadRunTests {
  @Test("it says how many days it knows, as lines and as one object")
  func figures() async throws {
    let scratch = try Scratch()
    let state = scratch.path + "/state"
    let missing = try await DemoRun.program(["load", "--state", state])
    #expect(missing.ending == .exited(66) && missing.errors.contains("no journal"), "\(missing)")
    let planned = try await DemoRun.program([
      "planned", "x", "--from", "2126-11-20T14:00:00Z", "--to", "2126-11-20T14:30:00Z", "--state",
      state,
    ])
    #expect(planned.ending == .exited(0) && planned.errors.contains("no watch runs on"))
    let empty = try await DemoRun.program(["load", "--state", state])
    #expect(empty.ending == .exited(0) && empty.output.contains("0 of 30 days"), "\(empty)")
    let muted = try await DemoRun.program(
      ["mute", "--for", "5m", "--reason", "x", "--state", state])
    #expect(muted.ending == .exited(0))
    let json = try await DemoRun.program(["load", "--json", "--state", state])
    #expect(json.output.hasPrefix(#"{"schema":1,"from":"#), "\(json)")
    #expect(json.output.contains(#""raised":0"#) && json.output.contains(#""to_ack_aim_s":900"#))
    let word = try await DemoRun.program(["load", "all", "--state", state])
    #expect(word.ending == .exited(64))
  }
}
