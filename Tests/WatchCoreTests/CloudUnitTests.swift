import Testing
import WatchCore

struct CloudUnitTests {
  private static let units = [
    CloudUnit(id: "projects/acme-1", label: "one"), CloudUnit(id: "folders/9"),
    CloudUnit(id: "folders/9/8", label: "folders/9/deep"),
    CloudUnit(id: "0f0f0f0f-0000-4000-8000-000000000001", label: "dev"),
  ]

  @Test(arguments: [
    ("one/metric", "projects/acme-1", "metric"), ("one/a/b", "projects/acme-1", "a/b"),
    ("projects/acme-1/x", "projects/acme-1", "x"), ("folders/9/x", "folders/9", "x"),
    ("folders/9/deep/x", "folders/9/8", "x"), ("one/", "projects/acme-1", ""),
    ("0f0f0f0f-0000-4000-8000-000000000001/g", "0f0f0f0f-0000-4000-8000-000000000001", "g"),
  ])
  func `the longest label or id counts`(_ text: String, _ id: String, _ name: String) {
    let found = Self.units.split(text)
    #expect(found?.unit.id == id && found?.name == name)
  }

  @Test(arguments: ["", "one", "x/y", "ones/x", "folders/8/x", "/x"])
  func `what begins with none of them is nobody's`(_ text: String) {
    #expect(Self.units.split(text) == nil)
  }
}
