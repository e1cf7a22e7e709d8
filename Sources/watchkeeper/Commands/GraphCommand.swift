import WatchCore
import WatchEngine
import WatchJournal
import WatchProbes

/// `watchkeeper graph`: looks once at how the pipelines are set up, and draws who can mute them. It
/// writes nothing, in no journal either.
enum GraphCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    let session = try LiveSession.make(arguments)
    let now = session.clock.now()
    let probes = session.probes.filter { probe in
      probe.paths.contains { $0.kind == .posture || $0.kind == .setting }
    }
    let looks = try Blocking.run { () async -> [Look] in
      await withTaskGroup(of: [Look].self) { group in
        for probe in probes { group.addTask { await probe.look(now).looks } }
        return await group.reduce(into: []) { $0 += $1 }
      }
    }
    let drawings = Drawing.all(looks, of: session.plan, since: baselines(session.folder))
    for line in drawings.flatMap({ $0.lines(asDOT: arguments.has("--dot"), at: now) }) {
      Printer.line(line)
    }
    for drawing in drawings {
      for why in drawing.blind { Printer.error("\(drawing.source.text): \(why)") }
    }
    return drawings.contains { !$0.blind.isEmpty } ? 3 : 0
  }

  /// What the journal knows of before; nothing where no watch has looked yet.
  private static func baselines(_ folder: StateFolder) -> [SourceID: Snapshot] {
    (try? OperatorEntry.picture(folder).baselines) ?? [:]
  }

  /// One source's pipeline, and what could not be seen of it.
  struct Drawing {
    var source: SourceID
    var pipeline: Pipeline
    var blind: [String]

    static func all(
      _ looks: [Look], of plan: WatchPlan, since baselines: [SourceID: Snapshot]
    ) -> [Drawing] {
      plan.sources.map(\.id).sorted().compactMap { source in
        let own = looks.filter { $0.path.source == source }
        guard own.contains(where: { $0.path.kind == .posture }) else { return nil }
        var seen: [PathID: SettingsSighting] = [:]
        var drawing = Drawing(source: source, pipeline: Pipeline(), blind: [])
        for look in own.sorted(by: { $0.path < $1.path }) {
          switch look.result {
          case .saw(.posture(let seen)):
            drawing.pipeline = drawing.pipeline.merged(with: seen.pipeline)
            for check in seen.checks {
              guard case .unknown(let why) = check.verdict,
                !drawing.blind.contains(why.detail)
              else { continue }
              drawing.blind.append(why.detail)
            }
          case .saw(.settings(let settings)): seen[look.path] = settings
          case .blind(let why) where !why.isByRight:
            if !drawing.blind.contains(why.detail) { drawing.blind.append(why.detail) }
          case .saw, .blind: break
          }
        }
        let gone = Engine.gone(seen, since: baselines[source])
        drawing.pipeline = drawing.pipeline.with(gone: gone)
          .told(apart: plan.account(source.cloud, source.account)?.units ?? [])
        return drawing
      }
    }

    func lines(asDOT: Bool, at now: Timestamp) -> [String] {
      asDOT
        ? pipeline.dot(title: source.text, at: now)
        : [source.text, ""] + pipeline.lines(at: now) + [""]
    }
  }
}

extension Blindness {
  /// There is nothing to look at there, and that is no hindrance.
  fileprivate var isByRight: Bool { [.unset, .elsewhere, .undecided].contains(kind) }
}
