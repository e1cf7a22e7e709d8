import Testing
import WatchSetup

struct PlacesTests {
  @Test(arguments: [
    (
      ["HOME": "/home/mira"], "/home/mira/.config/watchkeeper/watchkeeper.json5",
      "/home/mira/.local/state/watchkeeper"
    ),
    (
      ["HOME": "/home/mira/", "XDG_CONFIG_HOME": "/c/", "XDG_STATE_HOME": "/s"],
      "/c/watchkeeper/watchkeeper.json5", "/s/watchkeeper"
    ),
    (
      ["HOME": "/h", "XDG_CONFIG_HOME": "relative", "XDG_STATE_HOME": ""],
      "/h/.config/watchkeeper/watchkeeper.json5", "/h/.local/state/watchkeeper"
    ),
    (["HOME": "/"], "/.config/watchkeeper/watchkeeper.json5", "/.local/state/watchkeeper"),
  ])
  func fromTheEnvironment(
    _ environment: [String: String], _ configuration: String, _ state: String
  ) throws {
    let places = try Places(environment: environment)
    #expect(places == Places(configuration: configuration, state: state))
  }

  @Test func optionsComeFirst() throws {
    let places = try Places(environment: [:], configuration: "a/w.json5", state: "s")
    #expect(places == Places(configuration: "a/w.json5", state: "s"))
    #expect(places.configurationFolder == "a")
    #expect(places.demo("late") == "s/demo/late")
    #expect(try Places(environment: [:], home: "/h").state == "/h/.local/state/watchkeeper")
  }

  @Test func withoutAHomeItSaysWhatToDo() {
    #expect(
      throws: Places.Unknown(description: "HOME is not set: say where with --config FILE")
    ) { try Places(environment: ["HOME": "here"]) }
    #expect(
      throws: Places.Unknown(description: "HOME is not set: say where with --state DIR")
    ) { try Places(environment: [:], configuration: "f") }
  }
}
