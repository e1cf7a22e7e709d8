import Foundation
import TextCanvas
import Testing

@testable import WatchConsole

@Suite struct ThemeTests {
  static let folder = Golden.folder.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("themes")

  static func shipped(_ name: String) throws -> Theme {
    let file = folder.appendingPathComponent(name + ".theme")
    return try ThemeFile.parse(String(contentsOf: file, encoding: .utf8), name: name)
  }

  @Test("The files of the built-in themes say what is built in")
  func builtIn() throws {
    for theme in Theme.builtIn {
      let file = try Self.shipped(theme.name)
      for role in ColourRole.allCases {
        #expect(file[role] == theme[role], "\(theme.name) \(role)")
      }
    }
  }

  @Test(
    "T6: roles that stand for trouble differ from text in every theme, and in mono from calm ones",
    arguments: ["default", "light", "mono", "deuteranopia"])
  func trouble(_ name: String) throws {
    let theme = try Self.shipped(name)
    let trouble: [ColourRole] = [.newHigh, .newMedium, .newLow, .late, .blind, .warnLine]
    for role in trouble { #expect(theme[role] != theme[.text], "\(name) \(role)") }
    #expect(theme[.newHigh] != theme[.newMedium])
    #expect(theme[.newHigh] != theme[.late])
    #expect(theme[.newHigh] != theme[.blind])
    #expect(theme[.blind] != theme[.late])
  }

  @Test("T5: no theme colours the ground of normal text; only new.high has one")
  func grounds() throws {
    for name in ["default", "light", "mono", "deuteranopia"] {
      let theme = try Self.shipped(name)
      for role in ColourRole.allCases where role != .newHigh {
        #expect(theme[role].background == .terminal, "\(name) \(role)")
      }
    }
  }

  @Test("Lines that are wrong are named")
  func errors() {
    let cases: [(String, ThemeError)] = [
      ("text = red on red", ThemeError(line: 1, kind: .invisible("red"))),
      ("\n# x\nlat = red", ThemeError(line: 3, kind: .unknownRole("lat"))),
      ("late = rde", ThemeError(line: 1, kind: .unknownColour("rde"))),
      ("late = red, blink", ThemeError(line: 1, kind: .unknownAttribute("blink"))),
      ("late red", ThemeError(line: 1, kind: .notALine("late red"))),
      ("late = red\r\nlate = blue", ThemeError(line: 2, kind: .repeatedRole("late"))),
      ("late = red blue", ThemeError(line: 1, kind: .notALine("red blue"))),
      ("late = 256", ThemeError(line: 1, kind: .unknownColour("256"))),
    ]
    for (text, error) in cases {
      #expect(throws: error, "\(text)") { try ThemeFile.parse(text, name: "t") }
      #expect(error.sentence.hasPrefix("line \(error.line): "))
    }
  }

  @Test("A line may hold colours, attributes, both and a comment")
  func lines() throws {
    let theme = try ThemeFile.parse(
      "late=bright-yellow on 17 , bold underline # why\nack = dim\n", name: "t")
    #expect(
      theme[.late]
        == Style([.bold, .underline], foreground: .palette(11), background: .palette(17)))
    #expect(theme[.ack] == Style(.dim))
    #expect(theme[.blind] == .plain)
  }
}
