import Testing

@testable import WatchCore

@Suite struct PipelineTests {
  static let now = Timestamp(seconds: 1_795_143_600)

  static func id(_ text: String) -> PipelineNode.ID {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    return PipelineNode.ID(PipelineNode.Kind(rawValue: words[0]) ?? .target, words[1])
  }

  /// `trail t > group g > alarm a`: one way, each part named once.
  static func pipeline(_ ways: [String], broken: Set<String> = []) -> Pipeline {
    var pipeline = Pipeline()
    for way in ways {
      let names = way.split(separator: ">").map { String($0).trimmed }
      for name in names {
        let id = id(name)
        let state: PipelineNode.State = broken.contains(name) ? .broken("off") : .works
        if pipeline.node(id) == nil {
          pipeline.nodes.append(PipelineNode(id: id, label: id.name, state: state))
        }
      }
      for (from, to) in zip(names, names.dropFirst()) {
        pipeline.edges.append(
          PipelineEdge(from: id(from), to: id(to), verb: "tells", proven: now - .minutes(3)))
      }
    }
    return pipeline
  }

  static let alarmWay =
    "trail t > group g > filter f > alarm a > topic x > subscription s > human mira"
  static let ruleWay = "trail t > rule r > topic x > subscription s > human mira"
  static let queueWay = "trail t > rule r > queue q > human watch"

  @Test func oneWayHasOnlySinglePoints() {
    let points = Self.pipeline([Self.alarmWay]).singlePoints
    #expect(points.allSatisfy { $0.mutesEverybody })
    #expect(
      points.map(\.node.kind) == [.filter, .alarm, .topic, .subscription, .group, .trail])
  }

  @Test func aSecondWaySparesWhatItGoesRound() {
    let points = Self.pipeline([Self.alarmWay, Self.ruleWay]).singlePoints
    #expect(points.map(\.node.kind) == [.topic, .subscription, .trail])
  }

  @Test func mutingSomeComesAfterMutingAll() {
    let points = Self.pipeline([Self.ruleWay, Self.queueWay]).singlePoints
    #expect(
      points.map(\.node.kind) == [.rule, .trail, .queue, .topic, .subscription])
    #expect(points[2].mutes == [Self.id("human watch")])
    #expect(points[2].told == [Self.id("human mira")])
  }

  @Test func brokenPartsTellNobody() {
    let pipeline = Self.pipeline([Self.alarmWay, Self.queueWay], broken: ["alarm a"])
    #expect(pipeline.heard == [Self.id("human watch")])
    #expect(!pipeline.singlePoints.contains { $0.node.kind == .alarm })
    #expect(Self.pipeline([Self.alarmWay], broken: ["topic x"]).singlePoints.isEmpty)
  }

  @Test func keyAndRoleAreNeeded() {
    let pipeline = Self.pipeline([
      "trail t > bucket b > human watch", "trail t > key k", "trail t > role o",
      "trail t > group g > human mira",
    ])
    let points = pipeline.singlePoints
    #expect(points.first { $0.node.kind == .key }?.mutes == [Self.id("human watch")])
    #expect(points.first { $0.node.kind == .role }?.mutes == [Self.id("human mira")])
  }

  @Test func whatCarriesOtherNewsSparesNobody() {
    var pipeline = Self.pipeline([
      Self.alarmWay, "group g > filter other > alarm b > topic x",
    ])
    #expect(!pipeline.singlePoints.contains { $0.node.kind == .filter })
    for index in pipeline.edges.indices where pipeline.edges[index].to.name == "other" {
      pipeline.edges[index].isAside = true
    }
    let points = pipeline.singlePoints.filter { $0.node.kind == .filter || $0.node.kind == .alarm }
    #expect(points.map(\.node.name) == ["f", "a"])
  }

  @Test func circlesEnd() {
    let pipeline = Self.pipeline(["trail t > rule r > topic x > rule r > human m"])
    #expect(pipeline.singlePoints.count == 2)
    #expect(pipeline.lines(at: Self.now).contains { $0.contains("(above)") })
  }

  @Test func asText() {
    var pipeline = Self.pipeline([Self.ruleWay], broken: [])
    pipeline.edges[1].proven = nil
    pipeline.edges[1].proof = "no delivery is recorded"
    #expect(
      pipeline.lines(at: Self.now) == [
        "trail t: works", "  tells rule r: works; proven 3m00s ago",
        "    tells topic x: works; not proven: no delivery is recorded",
        "      tells subscription s: works; proven 3m00s ago",
        "        tells human mira: works; proven 3m00s ago", "", "Told: mira. Who can mute them:",
        "1. rule r mutes everybody, silently. A rule that is off says nothing. Nobody else is told.",
        "2. topic x mutes everybody, silently. Failed publishes show in metrics that nobody is "
          + "told of. Nobody else is told.",
        "3. subscription s mutes everybody, silently. Whoever is not confirmed any more just "
          + "hears nothing. Nobody else is told.",
        "4. trail t mutes everybody, loudly. The trail's status says so, and the act is in Event "
          + "history. Nobody else is told.",
      ])
    #expect(
      Pipeline().lines(at: Self.now) == [
        "no part of the pipeline could be seen", "",
        "Nobody is told: no way leads from a trail to a human.",
      ])
  }

  @Test func asDOT() {
    let pipeline = Self.pipeline(["trail t > rule r > human m"], broken: [])
    #expect(
      pipeline.dot(at: Self.now) == [
        "digraph \"pipeline\" {", "  rankdir=LR;", "  node [fontname=\"sans\"];",
        "  n0 [label=\"trail t\", shape=box, color=darkgreen, penwidth=3];",
        "  n1 [label=\"rule r\", shape=box, color=darkgreen, penwidth=3];",
        "  n2 [label=\"human m\", shape=oval, color=darkgreen];",
        "  n0 -> n1 [label=\"tells, 3m00s ago\", style=solid];",
        "  n1 -> n2 [label=\"tells, 3m00s ago\", style=solid];", "}",
      ])
  }

  @Test func hostileLabelsStayInside() {
    let label = "x\"];\n} evil \\ \u{1b}[2J\u{202e}"
    let id = PipelineNode.ID(.topic, label)
    let pipeline = Pipeline(nodes: [PipelineNode(id: id, label: label, state: .broken(label))])
    let line = pipeline.dot(title: label, at: Self.now)[3]
    #expect(
      line
        == "  n0 [label=\"topic x\\\"];\\\\n} evil \\\\ \\\\u001b[2J\\\\u202e\", shape=box, color=red];"
    )
    for line in pipeline.dot(at: Self.now) + pipeline.lines(at: Self.now) {
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
