import Testing

/// A strict reader of Prometheus's text format 0.0.4: what it does not know it refuses.
struct MetricsPage {
  struct Sample {
    var name: String
    var labels: [String: String]
    var value: Double
  }

  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var types: [String: String] = [:]
  private(set) var samples: [Sample] = []

  init(_ text: String) throws {
    guard text.hasSuffix("\n"), !text.contains("\r") else {
      throw Problem(description: "each line ends in LF")
    }
    var (current, closed, helped, series) = ("", Set<String>(), Set<String>(), Set<String>())
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
      if line.hasPrefix("# HELP ") {
        guard words.count == 4, helped.insert(String(words[2])).inserted else {
          throw Problem(description: "a second HELP: \(line)")
        }
        closed.insert(current)
        current = String(words[2])
      } else if line.hasPrefix("# TYPE ") {
        guard words.count == 4, words[2] == current, types[current] == nil,
          ["gauge", "counter"].contains(words[3])
        else { throw Problem(description: "TYPE follows its HELP: \(line)") }
        types[current] = String(words[3])
      } else {
        var reader = LineReader(line)
        let sample = try reader.sample()
        guard sample.name == current, types[current] != nil, !closed.contains(current) else {
          throw Problem(description: "lines of a family stand together: \(line)")
        }
        let id = sample.name + sample.labels.sorted { $0.key < $1.key }.description
        guard series.insert(id).inserted else {
          throw Problem(description: "the same series twice: \(line)")
        }
        samples.append(sample)
      }
    }
  }

  func values(_ name: String, _ labels: [String: String] = [:]) -> [Double] {
    samples.filter { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }.map(\.value)
  }

  private struct LineReader {
    private var rest: Substring
    private let line: Substring

    init(_ line: Substring) {
      (self.line, rest) = (line, line)
    }

    mutating func sample() throws -> Sample {
      let name = word { $0 == "_" || $0 == ":" || $0.isASCII && ($0.isLetter || $0.isNumber) }
      guard let first = name.first, !first.isNumber else { throw problem("no name") }
      var labels: [String: String] = [:]
      if rest.first == "{" {
        repeat {
          rest = rest.dropFirst()
          let label = word { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
          guard !label.isEmpty, rest.hasPrefix("=\""), labels[label] == nil else {
            throw problem("no label")
          }
          rest = rest.dropFirst(2)
          labels[label] = try quoted()
        } while rest.first == ","
        guard rest.first == "}" else { throw problem("no }") }
        rest = rest.dropFirst()
      }
      guard rest.first == " ", let value = Double(rest.dropFirst()) else {
        throw problem("no value")
      }
      return Sample(name: name, labels: labels, value: value)
    }

    private mutating func word(_ fits: (Character) -> Bool) -> String {
      let found = rest.prefix(while: fits)
      rest = rest.dropFirst(found.count)
      return String(found)
    }

    private mutating func quoted() throws -> String {
      var out = ""
      while let next = rest.popFirst() {
        switch next {
        case "\"": return out
        case "\\":
          switch rest.popFirst() {
          case "\\"?: out += "\\"
          case "\""?: out += "\""
          case "n"?: out += "\n"
          default: throw problem("an escape that is none")
          }
        default: out.append(next)
        }
      }
      throw problem("no end of a label's value")
    }

    private func problem(_ what: String) -> Problem {
      Problem(description: "\(what): \(line)")
    }
  }
}
