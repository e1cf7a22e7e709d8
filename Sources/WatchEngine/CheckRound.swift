import WatchCore
import WatchProbes

/// One look at everything, and the judgement: what `check` does. The same engine, without a loop.
public enum CheckRound {
  /// Runs every probe once, side by side, and judges when all have answered, or time is up: what
  /// has not answered by then is blind.
  ///
  /// - Parameter patience: returns when time is up; nil waits for ever.
  public static func run(
    engine: Engine, me: Operator, probes: [Probe], ports: WatchPorts,
    patience: (@Sendable () async -> Void)? = nil
  ) async -> Board {
    var loop = WatchLoop(engine: engine, me: me, demo: nil, ports: ports, news: { _ in })
    let now = loop.now
    let reports = await reports(of: probes, at: now, ports, patience)
    await loop.perform([.append(engine.ruleEvents())])
    await loop.takeRound(reports.sorted { $0.probe < $1.probe })
    return loop.board()
  }

  /// Not a task group: a group waits for its slowest member, cancelled or not, and a member may wait
  /// for credentials that are fetched for all.
  private static func reports(
    of probes: [Probe], at now: Timestamp, _ ports: WatchPorts,
    _ patience: (@Sendable () async -> Void)?
  ) async -> [ProbeReport] {
    let (stream, news) = AsyncStream.makeStream(of: ProbeReport?.self)
    let looks = probes.map { probe in
      Task { _ = news.yield(await probe.look(now)) }
    }
    let timer = patience.map { patience in
      Task {
        await patience()
        news.yield(nil)
      }
    }
    var reports: [ProbeReport] = []
    if !probes.isEmpty {
      for await report in stream {
        guard let report else { break }
        reports.append(report)
        if reports.count == probes.count { break }
      }
    }
    timer?.cancel()
    for look in looks { look.cancel() }
    let ended = ports.clock().wall
    let missing = probes.filter { probe in !reports.contains { $0.probe == probe.id } }
    return reports + missing.map { late($0, began: now, ended: ended) }
  }

  private static func late(_ probe: Probe, began: Timestamp, ended: Timestamp) -> ProbeReport {
    let why = Blindness(kind: .timedOut, detail: "no answer within \((ended - began).text)")
    return ProbeReport(
      probe: probe.id, began: began, ended: ended,
      looks: probe.paths.map { Look(path: $0, result: .blind(why)) })
  }
}
