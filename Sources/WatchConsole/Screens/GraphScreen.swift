import TextCanvas
import WatchCore

/// "Who can mute me?": every part between the audit log and a human as a tree, what each hands on and
/// when something last came through, and the single points of silence.
enum GraphScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    let graphs = state.graphs
    guard !graphs.isEmpty else { return empty(state, on: &canvas) }
    let rows = graphs.flatMap { graph in
      (graphs.count > 1 ? [Row.source(graph.source)] : []) + graph.tree.rows.map { Row.part($0) }
    }
    let parts = graphs.flatMap(\.tree.rows)
    let selected = parts.first { $0.key == state.graphRow } ?? parts.first
    let area = canvas.bounds
    switch state.tier {
    case .wide:
      let split = area.width * 62 / 100
      let (left, right) = area.splitLeft(split)
      canvas.within(left) { tree(rows, selected, state, on: &$0) }
      canvas.verticalLine(column: split, rows: 0..<area.height, style: state.theme[.quiet])
      let side = Rect(row: 0, column: split + 1, width: right.width - 1, height: area.height)
      canvas.within(side) { side in
        let (top, bottom) = side.bounds.splitTop(12)
        side.within(top) { detail(selected, state, on: &$0) }
        side.within(bottom) { points(selected, state, on: &$0) }
      }
    case .large, .normal:
      let points = state.tier == .large ? 9 : 5
      let (top, below) = area.splitBottom(points + (state.tier == .large ? 7 : 5))
      let (middle, bottom) = below.splitBottom(points)
      canvas.within(top) { tree(rows, selected, state, on: &$0) }
      canvas.within(middle) { detail(selected, state, on: &$0) }
      canvas.within(bottom) { self.points(selected, state, on: &$0) }
    case .small, .line: tree(rows, selected, state, on: &canvas)
    }
  }

  private enum Row {
    case source(SourceID)
    case part(GraphTree.Row)
  }

  private static func empty(_ state: ConsoleState, on canvas: inout Canvas) {
    canvas.block("WHO CAN MUTE ME?", row: 0, pane: .list, state: state)
    let text: SafeText = "no part of a pipeline was looked at yet: unknown is not ok; p looks now"
    for (row, line) in text.wrapped(to: max(1, canvas.bounds.width - 3)).enumerated() {
      canvas.put(line, row: 1 + row, column: 2, style: state.theme[.blind])
    }
  }

  // MARK: The tree

  private static func tree(
    _ rows: [Row], _ selected: GraphTree.Row?, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    title(state, on: &canvas)
    let width = canvas.bounds.width
    let table = Table(columns(width), width: width)
    let first = canvas.bounds.height > 4 ? 2 : 1
    if first == 2 { table.drawTitles(row: 1, on: &canvas, theme: state.theme) }
    let visible = max(0, canvas.bounds.height - first)
    let index = rows.firstIndex { row in
      if case .part(let part) = row { part.key == selected?.key } else { false }
    }
    let top = Table.top(selected: index, count: rows.count, visible: visible)
    for (offset, row) in rows.dropFirst(top).prefix(visible).enumerated() {
      switch row {
      case .source(let source):
        canvas.put(
          state.safe(source.text).truncated(to: width - 2), row: first + offset, column: 1,
          style: state.theme[.title])
      case .part(let part):
        table.draw(
          fields(part, state, width: width), row: first + offset, on: &canvas, theme: state.theme,
          isSelected: top + offset == index)
      }
    }
  }

  private static func title(_ state: ConsoleState, on canvas: inout Canvas) {
    let graphs = state.pipelines
    let broken = graphs.reduce(0) { $0 + $1.pipeline.broken }
    let unknown = graphs.reduce(0) { $0 + $1.pipeline.unknown }
    let unproven = graphs.reduce(0) { $0 + $1.pipeline.unproven }
    let name = graphs.count == 1 ? graphs[0].source.text : "\(graphs.count) sources"
    let figures = state.safe("\(broken) broken, \(unknown) unknown, \(unproven) never proven")
    let room = canvas.bounds.width - figures.width - 12
    canvas.block(
      ("WHO CAN MUTE ME? " + state.safe(name)).truncated(to: max(16, room)), trailing: figures,
      role: broken > 0 ? .newHigh : unknown > 0 ? .blind : .text, row: 0, pane: .list,
      state: state)
  }

  private static func columns(_ width: Int) -> [Table.Column] {
    let states: [Table.Column] = [.init("STATE", 9), .init("PROVEN", 7, .right)]
    if width < 110 { return [.init("PART", nil)] + states }
    return [.init("PART", min(70, width * 54 / 100))] + states + [.init("BY", nil)]
  }

  private static func fields(
    _ row: GraphTree.Row, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    let glyphs = Glyphs(state.alphabet)
    let verb = row.edge.map { state.safe($0.verb).truncated(to: 24) + " " } ?? ""
    let name = state.safe("\(row.node.id.kind.rawValue) \(row.node.label)")
    let part = glyphs.branch(row.goesOn, isNarrow: width < 60) + verb + name
    let state_ = standing(row, state)
    let proven = proven(row.edge, at: state.shownNow)
    let start: [Table.Field] = [
      .init(part, row.isRepeat ? .quiet : .text), .init(state_.0, state_.1),
      .init(state.safe(proven.0), proven.1),
    ]
    return width < 110 ? start : start + [.init(state.safe(reason(row)), .quiet)]
  }

  /// A mark and a word: what was seen of the part.
  private static func standing(
    _ row: GraphTree.Row, _ state: ConsoleState
  ) -> (SafeText, ColourRole) {
    let glyphs = Glyphs(state.alphabet)
    if row.isRepeat { return ("  above", .quiet) }
    switch row.node.state {
    case .works: return (glyphs.strip(.ok) + " works", .text)
    case .broken: return (glyphs.strip(.failing) + " BROKEN", .newHigh)
    case .unknown: return (glyphs.strip(.blind) + " UNKNOWN", .blind)
    case .unseen: return (glyphs.strip(.never) + " unseen", .off)
    }
  }

  /// The age of the edge's last proof.
  private static func proven(_ edge: PipelineEdge?, at now: Timestamp) -> (String, ColourRole) {
    guard let edge else { return ("", .text) }
    guard let proven = edge.proven else { return ("never", .blind) }
    return (proven.age(at: now).text, .text)
  }

  private static func reason(_ row: GraphTree.Row) -> String {
    switch row.node.state {
    case .broken(let why), .unknown(let why): why
    case .works, .unseen: row.edge?.proof ?? ""
    }
  }

  // MARK: The selected part

  private static func detail(
    _ row: GraphTree.Row?, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    guard let row else { return }
    let now = state.shownNow
    canvas.block(
      state.safe("\(row.node.id.kind.rawValue) \(row.node.label)").truncated(
        to: max(0, canvas.bounds.width - 6)), row: 0, state: state)
    var facts: [(SafeText, String, ColourRole)] = []
    let standing = standing(row, state)
    switch row.node.state {
    case .broken(let why): facts.append(("state", "BROKEN: \(why)", standing.1))
    case .unknown(let why): facts.append(("state", "UNKNOWN: \(why)", standing.1))
    case .works: facts.append(("state", "works", .text))
    case .unseen: facts.append(("state", "named by another part, and not looked at", .off))
    }
    facts.append(("id", row.node.id.name, .text))
    if let edge = row.edge {
      let from = state.pipelines.first { $0.source == row.key.source }?.pipeline.node(edge.from)
      facts.append(("edge", "\(from?.label ?? edge.from.name) \(edge.verb) it", .text))
      let proof = edge.proof.isEmpty ? "" : " (\(edge.proof))"
      let proven =
        edge.proven.map { "\($0.clock(at: now)), \($0.age(at: now).text) ago\(proof)" }
        ?? "never, as far as we know\(proof)"
      facts.append(("proven", proven, edge.proven == nil ? .blind : .text))
    }
    let lines = facts.flatMap { label, text, role in
      state.safe(text).wrapped(to: max(8, canvas.bounds.width - 10)).enumerated().map {
        AlertFacts.Line(label: $0.offset == 0 ? label : .empty, text: $0.element, role: role)
      }
    }
    for (index, line) in lines.prefix(max(0, canvas.bounds.height - 1)).enumerated() {
      canvas.fact(
        line.label, line.text, role: line.role, row: 1 + index, labelWidth: 8, state: state)
    }
  }

  // MARK: Single points

  private static func points(
    _ row: GraphTree.Row?, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    guard let row, let graph = state.pipelines.first(where: { $0.source == row.key.source })
    else { return }
    let points = graph.pipeline.singlePoints
    let heard = graph.pipeline.heard.map { graph.pipeline.node($0)?.label ?? $0.name }
    let told = state.safe(
      heard.isEmpty ? "NOBODY IS TOLD" : "told: \(heard.joined(separator: ", "))")
    canvas.block(
      "SINGLE POINTS OF SILENCE \(points.count)",
      trailing: told.truncated(to: max(14, canvas.bounds.width - 40)),
      role: heard.isEmpty ? .newHigh : .quiet, row: 0, state: state)
    guard !points.isEmpty else {
      let text: SafeText =
        heard.isEmpty
        ? "no way leads from \(carrier(row.key.source.cloud)) to a human, as far as it was seen"
        : "no single part's loss mutes anybody"
      let role: ColourRole = heard.isEmpty ? .blind : .text
      canvas.put(text, row: 1, column: 1, style: state.theme[role])
      return
    }
    let visible = max(0, canvas.bounds.height - 1)
    for (index, point) in points.prefix(visible).enumerated() {
      let isLast = index == visible - 1 && points.count > visible
      let text =
        isLast ? "+\(points.count - visible + 1) more" : self.text(point, index, graph.pipeline)
      canvas.put(
        state.safe(text).truncated(to: max(0, canvas.bounds.width - 2)), row: 1 + index, column: 1,
        style: state.theme[isLast ? .quiet : .text])
    }
  }

  /// Where records leave the cloud: the way begins there.
  private static func carrier(_ cloud: Cloud) -> SafeText {
    switch cloud {
    case .aws: "the trail"
    case .azure: "a diagnostic setting"
    case .gcp: "a sink"
    }
  }

  /// `1 topic sec-alerts mutes everybody, silently. Failed publishes show in metrics …`
  private static func text(_ point: SinglePoint, _ index: Int, _ pipeline: Pipeline) -> String {
    let names = point.mutes.map { pipeline.node($0)?.label ?? $0.name }
    let whom = point.mutesEverybody ? "everybody" : names.joined(separator: ", ")
    return "\(index + 1) \(point.node.kind.rawValue) \(point.label) mutes \(whom), "
      + "\(point.quietness.word). \(point.how)"
  }
}
