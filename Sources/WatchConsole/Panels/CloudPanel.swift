import TextCanvas
import WatchCore

/// One cloud on the overview: is it still arriving? State first, then what it rests on.
enum CloudPanel {
  /// Eight rows at 80x24: the title and seven facts.
  static let normalHeight = 8

  static func title(
    _ cloud: CloudStatus, _ state: ConsoleState, row: Int, columns: Range<Int>,
    accounts: Bool, on canvas: inout Canvas
  ) {
    let names =
      accounts && !cloud.accounts.isEmpty
      ? " " + cloud.accounts.joined(separator: ", ") : ""
    canvas.block(
      state.safe(cloud.cloud.label + names), trailing: state.safe(cloud.label),
      role: role(cloud, state), row: row, columns: columns, pane: .cloud(cloud.cloud),
      state: state)
  }

  static func role(_ cloud: CloudStatus, _ state: ConsoleState) -> ColourRole {
    if state.isFreshlyRecovered(cloud.cloud), cloud.state.isProven { return .good }
    if cloud.state.isProven { return cloud.open > 0 ? .newLow : .text }
    return ColourRole(cloud.state, inUse: !cloud.paths.isEmpty)
  }

  /// The facts under the title at 80x24, in a column of its own.
  static func drawNormal(_ cloud: CloudStatus, _ state: ConsoleState, on canvas: inout Canvas) {
    guard !cloud.paths.isEmpty else { return unconfigured(cloud, state, on: &canvas) }
    let now = state.shownNow
    put(since(cloud, state, short: true), row: 0, state, on: &canvas)
    worst(cloud, state, row: 1, on: &canvas)
    put(newest(cloud, now: now), row: 2, state, on: &canvas)
    strip(cloud, state, row: 3, cells: canvas.bounds.width - 6, on: &canvas)
    put(delivering(cloud), row: 4, state, on: &canvas)
    put(regions(cloud), row: 5, state, on: &canvas)
    put(proof(cloud, state, short: true), row: 6, state, on: &canvas)
  }

  /// A cloud that nothing is known of says so, and what to do about it.
  static func unconfigured(
    _ cloud: CloudStatus, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let lines: [SafeText]
    if !cloud.accounts.isEmpty {
      lines = ["not looked yet"]
    } else {
      lines = [
        "nothing is watched:", state.safe("watchkeeper init \(cloud.cloud.rawValue)"),
        "Unknown is not ok.",
      ]
    }
    if canvas.bounds.height < lines.count {
      let short = "nothing is watched: unknown is not ok"
      let line = state.fitting(
        cloud.accounts.isEmpty
          ? ["\(short); watchkeeper init \(cloud.cloud.rawValue)", short] : ["not looked yet"],
        width: max(0, canvas.bounds.width - 2))
      canvas.put(line, row: 0, column: 1, style: state.theme[.quiet])
      return
    }
    for (row, line) in lines.enumerated() {
      canvas.put(line, row: row, column: 1, style: state.theme[.quiet])
    }
  }

  /// Side by side. A cloud without anything to tell gets no more columns than its title needs.
  static func parts(_ clouds: [CloudStatus], in area: Rect) -> [Rect] {
    let isIdle = { (cloud: CloudStatus) in cloud.paths.isEmpty && cloud.accounts.isEmpty }
    let idle = clouds.count(where: isIdle)
    let busy = clouds.count - idle
    guard idle > 0, busy > 0 else { return area.columns(clouds.count, gap: 1) }
    let room = area.width - (clouds.count - 1) - idle * idleWidth
    var column = area.column
    var extra = room % busy
    return clouds.map { cloud in
      var width = idleWidth
      if !isIdle(cloud) {
        width = room / busy + (extra > 0 ? 1 : 0)
        extra -= 1
      }
      defer { column += width + 1 }
      return Rect(row: area.row, column: column, width: width, height: area.height)
    }
  }

  /// `-- AZURE - NOT SET UP --`
  private static let idleWidth = 25

  /// `ok since 11-17 09:14Z`, `since 03:01:37Z, 11m07s`
  static func since(_ cloud: CloudStatus, _ state: ConsoleState, short: Bool) -> String {
    guard let since = cloud.since else { return "since -" }
    let now = state.shownNow
    let time = since.clock(at: now)
    let age = since.age(at: now).text
    guard cloud.state.isProven else { return "since \(time), \(age)" }
    return short
      ? "\(cloud.state.rawValue) since \(time)"
      : "\(cloud.state.rawValue) since \(time), \(age)"
  }

  /// The worst path by name, and why where there is room; what identifies it is never cut.
  static func worst(
    _ cloud: CloudStatus, _ state: ConsoleState, row: Int, on canvas: inout Canvas
  ) {
    canvas.put("worst", row: row, column: 1, style: state.theme[.quiet])
    guard let worst = cloud.worst else { return }
    let full = name(worst, in: cloud)
    let why =
      worst.state.isProven || worst.id.kind == .region || worst.reason.isEmpty
      ? [] : ["\(full), \(worst.reason)"]
    let text = state.fitting(
      why + [full] + shortNames(worst, in: cloud), width: max(0, canvas.bounds.width - 8))
    canvas.put(text, row: row, column: 7, style: state.theme[role(of: worst)])
  }

  private static func role(of path: PathStatus) -> ColourRole {
    path.state.isProven ? .text : ColourRole(path.state, inUse: true) == .late ? .late : .text
  }

  /// What the worst path's newest record is, and what is expected; a reason where there is no record.
  static func newest(_ cloud: CloudStatus, now: Timestamp) -> String {
    guard let worst = cloud.worst else { return "" }
    guard let newest = worst.newest, worst.id.kind.delivers else {
      return worst.reason.isEmpty
        ? worst.looked.map { "looked \($0.age(at: now).text) ago" } ?? "not looked yet"
        : worst.reason
    }
    let isWithin = worst.expectation.map { newest.age(at: now) <= $0.period } ?? false
    let isReason = worst.state == .never || worst.state == .late && isWithin
    if isReason, !worst.reason.isEmpty { return worst.reason }
    let expect = worst.expectation.map { ", \($0.text)" } ?? ""
    return "\(newest.age(at: now).text) ago\(expect)"
  }

  /// `S3 eu-west-1`; with the trail's name where the cloud has several sources of records.
  static func name(_ path: PathStatus, in cloud: CloudStatus) -> String {
    let sources = Set(cloud.paths.filter { $0.id.kind.delivers }.map(\.id.source))
    switch path.id.kind {
    case .region: return path.id.isList ? path.names[0] : path.id.region
    case .history: return path.names[0]
    default:
      let member = path.id.member.map { " \($0)" } ?? ""
      let source = sources.count > 1 ? " \(path.id.source.name)" : ""
      return "\(path.id.kind.label)\(source) \(path.id.region)\(member)"
    }
  }

  /// Without what can be told from the rest, the fullest first: the source where the region says
  /// enough, the subscription or project where a resource or sink does.
  static func shortNames(_ path: PathStatus, in cloud: CloudStatus) -> [String] {
    let kind = cloud.paths.filter { $0.id.kind == path.id.kind }
    let same = kind.filter { $0.id.region == path.id.region }
    let label = path.id.kind.label
    if same.count == 1 { return [path.names[0], "\(label) \(path.id.region)"] }
    guard cloud.cloud != .aws else {
      let member = path.id.member.map { " \($0)" } ?? ""
      return ["\(label) \(path.id.source.name)\(member)"]
    }
    let isOnly = kind.count { $0.id.member == path.id.member } == 1
    return isOnly ? path.names.dropLast() : Array(path.names.prefix(1))
  }

  static func delivering(_ cloud: CloudStatus) -> String {
    "delivering \(cloud.delivering.live) of \(cloud.delivering.of)"
  }

  static func regions(_ cloud: CloudStatus) -> String {
    "\(cloud.cloud.unitWord) \(cloud.regions.covered) of \(cloud.regions.of)"
  }

  /// Age of the last proof that is signed or came round: echo and digest.
  static func proof(_ cloud: CloudStatus, _ state: ConsoleState, short: Bool) -> String {
    let now = state.shownNow
    let kinds: [(PathKind, String)] = [(.echo, "echo"), (.digest, short ? "dig" : "digest")]
    let proofs = kinds.compactMap { kind, word in
      cloud.proof(kind).map { "\(word) \($0.age(at: now).shortText)" + (short ? "" : " ago") }
    }
    let sources = Set(cloud.paths.map(\.id.source))
    let plans = state.shown.plan.sources.filter { sources.contains($0.id) && $0.off == nil }
    // One source's echo is an echo: it is off where nobody sends any.
    let isOff = cloud.proof(.echo) == nil && plans.allSatisfy { $0.echo == .off } && !plans.isEmpty
    let echo = isOff ? ["echo off"] : cloud.proof(.echo) == nil ? ["echo not back yet"] : []
    guard proofs.isEmpty else {
      return "proof " + (proofs + (isOff ? echo : [])).joined(separator: ", ")
    }
    // Only CloudTrail signs: of the others the newest record on each path is what there is.
    let signed = cloud.cloud == .aws ? "none signed yet" : "nothing signed"
    return ([signed] + echo).joined(separator: ", ")
  }

  static func strip(
    _ cloud: CloudStatus, _ state: ConsoleState, row: Int, column: Int = 1, cells: Int,
    on canvas: inout Canvas
  ) {
    canvas.put("24h", row: row, column: column, style: state.theme[.quiet])
    Strip.draw(
      Strip.cells(cloud, end: state.shownNow, count: max(0, cells)), row: row,
      column: column + 4, on: &canvas, theme: state.theme)
  }

  static func put(
    _ text: String, row: Int, _ state: ConsoleState, role: ColourRole = .text,
    on canvas: inout Canvas
  ) {
    let room = max(0, canvas.bounds.width - 1)
    canvas.put(
      state.safe(text).truncated(to: room), row: row, column: 1, style: state.theme[role])
  }
}
