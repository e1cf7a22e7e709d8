import Testing
import WatchCore

@testable import WatchEngine

/// One line by the rules of the Monitoring Plugins, whatever things are called.
@Suite struct PluginLineTests {
  /// `'label'=value;warn;crit;min;max`, split as the guidelines say.
  static func figures(_ line: String) throws -> [(label: String, values: [String])] {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false)
    try #require(parts.count == 2, "one bar, and one alone: \(line)")
    var rest = parts[1].drop { $0 == " " }
    var figures: [(String, [String])] = []
    while !rest.isEmpty {
      let label: Substring
      if rest.first == "'" {
        rest = rest.dropFirst()
        let end = try #require(rest.firstIndex(of: "'"))
        label = rest[..<end]
        rest = rest[rest.index(after: end)...]
      } else {
        label = rest.prefix { $0 != "=" }
        #expect(!label.contains(" "))
        rest = rest.dropFirst(label.count)
      }
      try #require(rest.first == "=", "after \(label): \(rest.prefix(20))")
      let values = rest.dropFirst().prefix { $0 != " " }
      rest = rest.dropFirst(values.count + 1).drop { $0 == " " }
      figures.append(
        (
          String(label),
          values.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        ))
    }
    return figures
  }

  @Test("The word is the exit status's, worst first, ages with both boundaries")
  func critical() throws {
    let line = PluginLine.line(StatusSample.reading())
    #expect(line.hasPrefix("WATCHKEEPER CRITICAL - MUTED until "))
    #expect(line.contains("; AWS SILENT since "))
    let figures = try Self.figures(line)
    func value(_ label: String) -> [String]? { figures.first { $0.label == label }?.values }
    #expect(value("alerts_high") == ["3", "", "0", "0"])
    #expect(value("alerts_medium") == ["1", "0", "", "0"])
    #expect(value("alerts_low") == ["1", "0", "", "0"])
    #expect(value("paths_blind") == ["2", "", "0", "0", "3"])
    #expect(value("age aws/prod/use1 s3 us-east-1") == ["420s", "900", "1800", "0"])
    #expect(value("age aws/prod/use1 s3 eu-west-1") == ["U", "900", "1800", "0"])
    #expect(Set(figures.map(\.label)).count == figures.count)
  }

  @Test("All proven and no alert is OK; nobody who watches is said")
  func ok() throws {
    let paths = [StatusSample.path("us-east-1", .ok)]
    let reading = StatusSample.reading(paths: paths, entries: [])
    #expect(
      PluginLine.line(reading).hasPrefix("WATCHKEEPER OK - AWS ok, delivering 1 of 1 | "))
    let unwatched = StatusSample.reading(paths: paths, entries: [], isAlive: false)
    #expect(PluginLine.line(unwatched).hasPrefix("WATCHKEEPER OK - no watch runs; AWS ok"))
    let late = StatusSample.reading(paths: [StatusSample.path("x", .late)], entries: [])
    #expect(PluginLine.line(late).hasPrefix("WATCHKEEPER WARNING - AWS LATE"))
    let blind = StatusSample.reading(paths: [StatusSample.path("x", .blind)], entries: [])
    #expect(PluginLine.line(blind).hasPrefix("WATCHKEEPER UNKNOWN - AWS BLIND"))
    let unsaved = StatusSample.reading(
      paths: paths, entries: [], journal: .notSaved("no space | left"))
    #expect(
      PluginLine.line(unsaved).hasPrefix(
        "WATCHKEEPER CRITICAL - JOURNAL NOT SAVED: no space / left; "))
  }

  @Test("A demo proves nothing, whatever it shows")
  func demo() throws {
    let paths = [StatusSample.path("us-east-1", .ok)]
    let line = PluginLine.line(StatusSample.reading(paths: paths, entries: [], demo: "demo x10"))
    #expect(line == "WATCHKEEPER UNKNOWN - demo: made up, no evidence of anything")
  }

  @Test("No name breaks the line: one bar, no control character, labels whole")
  func hostile() throws {
    let line = PluginLine.line(StatusSample.reading())
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    #expect(!line.unicodeScalars.contains("\u{202E}"))
    let labels = try Self.figures(line).map(\.label)
    #expect(labels.allSatisfy { !$0.contains("=") && !$0.contains("'") })
    let unknown = PluginLine.unknown("one\ntwo | three\u{1B}[31m")
    #expect(
      unknown == "WATCHKEEPER UNKNOWN - nothing could be looked at: one\\ntwo / three\\u001b[31m")
  }

  @Test("A mark that another combines with is that mark all the same")
  func combined() throws {
    let name = "a|\u{301}b'\u{301}c=\u{20E3}d\\\u{301}\"\u{301}"
    let unknown = PluginLine.unknown(name)
    #expect(!unknown.unicodeScalars.contains("|"))
    let line = PluginLine.line(StatusSample.reading(paths: [StatusSample.path(name, .late)]))
    #expect(line.unicodeScalars.count { $0 == "|" } == 1)
    let label = try #require(line.split(separator: "'age ").last?.unicodeScalars.prefix(60))
    #expect(label.count { $0 == "'" } == 1)
    let page = MetricFamily("x", "y", .gauge).with(1, ["path": name]).text
    let value = page.unicodeScalars.drop { $0 != "{" }
    let quotes = zip(value, value.dropFirst()).count { $0 != "\\" && $1 == "\"" }
    #expect(quotes == 2 && value.contains("\\"), "\(page)")
  }

  @Test("A thousand paths: under 4 KB, worst first, and how many are left out")
  func bounded() throws {
    let long = String(repeating: "a-very-long-name/", count: 9)
    let paths = (0..<1000).map { number in
      StatusSample.path("\(long)\(number)", number == 700 ? .silent : .ok)
    }
    let entries = (1...200).map { number in
      Entry(
        seq: number, prev: "", at: Rig.start, boot: 0,
        event: .raise(StatusSample.raise(number, under: nil)), hash: "\(number)")
    }
    let line = PluginLine.line(StatusSample.reading(paths: paths, entries: entries))
    #expect(line.utf8.count < 4096)
    #expect(line.contains("; and 1") && line.contains(" more | "))
    let figures = try Self.figures(line)
    let ages = figures.filter { $0.label.hasPrefix("age ") }
    let left = try #require(figures.last)
    #expect(left.label == "ages_left_out" && left.values.first == "\(1000 - ages.count)")
    #expect(ages.count > 5 && Set(ages.map(\.label)).count == ages.count)
    #expect(
      ages.first?.label == "age \(StatusSample.path("\(long)700", .ok).id.text.label(limit: 100))")
  }
}
