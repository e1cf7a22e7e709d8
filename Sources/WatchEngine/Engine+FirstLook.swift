import WatchCore

extension Engine {
  /// What the first posture look at each source found, where the journal does not hold it yet; what
  /// was mended since leaves the list, so that it is an alert of its own when it comes back.
  mutating func postureEvents() -> [Event] {
    plan.sources.filter { $0.off == nil }.compactMap { source in
      guard let first = knowledge.firstPosture[source.id] else { return nil }
      let paths = knowledge.postures.keys.filter { $0.source == source.id }
      guard !paths.isEmpty else { return nil }
      guard let known = picture.postures[source.id] else {
        guard now - first >= Engine.settling || isRound else { return nil }
        let found = Set(allFailing(source.id).map(\.weakness))
        return posture(source.id, paths, found, ["\(found.count) found at first look"])
      }
      return extended(source.id, paths, known)
    }
  }

  /// A path that brings its first look late adds what it found; what holds by now leaves the list.
  private func extended(_ source: SourceID, _ paths: [PathID], _ known: Snapshot) -> Event? {
    let before = Set(Weakness.list(known.content))
    let looked = Set((known.content["paths"]?.array ?? []).compactMap(\.string))
    let fresh = paths.filter { !looked.contains($0.text) }
    let late = Set(allFailing(source).filter { fresh.contains($0.path) }.map(\.weakness))
    let after = before.union(late).subtracting(holding(paths))
    guard after != before || !fresh.isEmpty else { return nil }
    let found: [String] = after.subtracting(before).sorted().map { "found \($0.text)" }
    let mended: [String] = before.subtracting(after).sorted().map { "mended \($0.text)" }
    let lines = found + mended
    return posture(source, paths, after, Array(lines.prefix(40)), looked)
  }

  private func holding(_ paths: [PathID]) -> Set<Weakness> {
    let checks = paths.flatMap { knowledge.postures[$0]?.sighting.checks ?? [] }
    let holding = checks.filter { $0.verdict == .holds || $0.verdict == .none }
    return Set(holding.map { Weakness(rule: $0.rule, subject: $0.subject) })
  }

  /// Accepted ones too: they are known all the same.
  private func allFailing(_ source: SourceID) -> [Failing] {
    knowledge.postures.filter { $0.key.source == source }.flatMap { path, seen in
      seen.sighting.checks.compactMap { check in
        guard check.verdict == .fails, let rule = PostureCatalogue.rule(check.rule) else {
          return nil
        }
        return Failing(rule: rule, check: check, path: path, at: seen.at)
      }
    }
  }

  private func posture(
    _ source: SourceID, _ paths: [PathID], _ weaknesses: Set<Weakness>, _ difference: [String],
    _ earlier: Set<String> = []
  ) -> Event {
    let looked = earlier.union(paths.map(\.text)).sorted().map(JSON.string)
    let members = (Weakness.json(weaknesses).members ?? []) + [JSON.Member("paths", .array(looked))]
    let content = JSON.object(members)
    return .snapshot(
      Snapshot(
        what: .posture, source: source, hash: Engine.hash(content), content: content,
        difference: difference))
  }

  /// Why an alert over posture checks is over: each of them holds now, by a look after the alert was
  /// raised, or was accepted. Nil while one of them fails, or could not be looked at.
  func posturePassed(_ alert: Alert) -> String? {
    let all = knowledge.postures.filter { $0.key.source == alert.source }
    let own = all.filter { $0.key.region == alert.place.region }
    // Another subscription or project that cannot be looked at keeps no alert of this one open.
    let paths = alert.subject == Engine.firstLook || own.isEmpty ? all : own
    guard !paths.isEmpty, paths.allSatisfy({ $0.value.at > alert.detected }) else { return nil }
    let isSummary = alert.subject == Engine.firstLook
    let known = Set(picture.postures[alert.source].map { Weakness.list($0.content) } ?? [])
    let checks = paths.values.flatMap(\.sighting.checks)
    if isLeftOut(alert, of: checks, isSummary ? known : nil) { return nil }
    var words: [String] = []
    for check in checks {
      guard let rule = PostureCatalogue.rule(check.rule) else { continue }
      let isOurs =
        isSummary
        ? known.contains(Weakness(rule: check.rule, subject: check.subject))
        : rule.code == alert.code && check.subject == alert.subject
      guard isOurs else { continue }
      if let acceptance = accepted(rule, check.subject) {
        words.append("\(rule.id) accepted until \(acceptance.until.date)")
        continue
      }
      switch check.verdict {
      case .fails, .unknown: return nil
      case .holds, .info, .none: words.append("\(rule.id) holds")
      }
    }
    let looked = paths.values.map(\.at).max() ?? now
    let list = words.isEmpty ? ["no such weakness any more"] : Array(Set(words)).sorted()
    return list.prefix(4).joined(separator: ", ") + ", posture probe \(looked.clock)"
  }

  /// What a listing that could not be read leaves out proves nothing.
  private func isLeftOut(
    _ alert: Alert, of checks: [PostureCheck], _ summed: Set<Weakness>?
  ) -> Bool {
    let isWhole = !checks.contains {
      if case .unknown(let why) = $0.verdict { why.kind != .undecided } else { false }
    }
    guard !isWhole else { return false }
    if let summed {
      return !summed.isSubset(of: checks.map { Weakness(rule: $0.rule, subject: $0.subject) })
    }
    return !checks.contains {
      PostureCatalogue.rule($0.rule)?.code == alert.code && $0.subject == alert.subject
    }
  }
}
