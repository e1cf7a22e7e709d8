import WatchCore
import WatchProbes

/// One look at everything, and the judgement: what `check` does. The same engine, without a loop.
public enum CheckRound {
  /// Runs every probe once, side by side, and judges when all have answered.
  public static func run(
    engine: Engine, me: Operator, probes: [Probe], ports: WatchPorts
  ) async -> Board {
    var loop = WatchLoop(engine: engine, me: me, demo: nil, ports: ports, news: { _ in })
    let now = loop.now
    let reports = await withTaskGroup(of: ProbeReport.self) { group in
      for probe in probes { group.addTask { await probe.look(now) } }
      var reports: [ProbeReport] = []
      for await report in group { reports.append(report) }
      return reports
    }
    await loop.perform([.append(engine.ruleEvents())])
    await loop.takeRound(reports.sorted { $0.probe < $1.probe })
    return loop.board()
  }
}
