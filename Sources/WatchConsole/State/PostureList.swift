import WatchCore

/// The posture checks as they are read: each source's, grouped by the part of the pipeline, the
/// worst part first; in a part what fails, what is not known, what was accepted, what holds.
struct PostureList {
  struct Part {
    var source: SourceID
    var name: String
    /// All that the filter takes, in order.
    var items: [PostureItem]
    /// Those that are listed: without what holds, while the list is folded.
    var shown: [PostureItem]

    func count(_ standing: PostureItem.Standing) -> Int {
      items.count { $0.standing == standing }
    }
  }

  enum Row: Hashable {
    case source(SourceID)
    /// The part with that index in ``PostureList/parts``.
    case part(Int)
    case item(PostureItem)
  }

  private(set) var parts: [Part] = []
  private(set) var rows: [Row] = []

  init(_ state: ConsoleState) {
    let sources = state.shown.postures.keys.sorted()
    let groups = sources.map { ($0, Self.parts($0, state)) }.filter { !$0.1.isEmpty }
    let ordered = groups.sorted { left, right in
      let (a, b) = (Self.weight(left.1[0]), Self.weight(right.1[0]))
      return a == b ? left.0 < right.0 : a.lexicographicallyPrecedes(b)
    }
    for (source, group) in ordered {
      if ordered.count > 1 { rows.append(.source(source)) }
      for part in group {
        rows.append(.part(parts.count))
        rows += part.shown.map { .item($0) }
        parts.append(part)
      }
    }
  }

  /// The checks under the cursor's way.
  var items: [PostureItem] {
    rows.compactMap { if case .item(let item) = $0 { item } else { nil } }
  }

  func count(_ standing: PostureItem.Standing) -> Int {
    parts.reduce(0) { $0 + $1.count(standing) }
  }

  /// `3 fail, 1 unknown, 1 accepted, 12 hold`; what is nought is left out, but never what fails.
  static func figures(_ count: (PostureItem.Standing) -> Int) -> String {
    let words: [(PostureItem.Standing, String, String)] = [
      (.unknown, "unknown", "unknown"), (.accepted, "accepted", "accepted"),
      (.holds, "holds", "hold"), (.info, "info", "info"),
    ]
    let fails = count(.fails)
    let rest = words.compactMap { standing, one, many -> String? in
      let number = count(standing)
      return number == 0 ? nil : "\(number) \(number == 1 ? one : many)"
    }
    return (["\(fails) \(fails == 1 ? "fails" : "fail")"] + rest).joined(separator: ", ")
  }

  /// All checks of a source, each once.
  static func items(_ source: SourceID, _ state: ConsoleState) -> [PostureItem] {
    var seen: Set<PostureItem.Key> = []
    return (state.shown.postures[source]?.checks ?? []).compactMap { check in
      let rule = state.postureRules[check.rule]
      let now = state.shownNow
      let acceptance =
        state.picture.accepted(check.rule, check.subject, at: now)
        ?? rule.flatMap { state.picture.accepted($0.code.text, check.subject, at: now) }
      let item = PostureItem(source: source, check: check, rule: rule, acceptance: acceptance)
      return seen.insert(item.key).inserted ? item : nil
    }
  }

  private static func parts(_ source: SourceID, _ state: ConsoleState) -> [Part] {
    let items = items(source, state).filter { state.postureFilter.takes($0) }
    return Dictionary(grouping: items, by: \.part).map { name, items in
      let ordered = items.sorted { precedes($0, $1) }
      let isAll = state.isPostureUnfolded || !state.postureFilter.isEmpty
      return Part(
        source: source, name: name, items: ordered,
        shown: isAll ? ordered : ordered.filter { $0.standing <= .accepted })
    }.sorted { left, right in
      let (a, b) = (weight(left), weight(right))
      return a == b ? left.name < right.name : a.lexicographicallyPrecedes(b)
    }
  }

  private static func precedes(_ left: PostureItem, _ right: PostureItem) -> Bool {
    if left.standing != right.standing { return left.standing < right.standing }
    if left.priority != right.priority { return left.priority > right.priority }
    return (left.check.rule, left.check.subject) < (right.check.rule, right.check.subject)
  }

  /// The worst check's standing and priority, then the part's place in the pipeline.
  private static func weight(_ part: Part) -> [Int] {
    let worst = part.items.first
    let isOpen = worst?.standing == .fails
    let priority = Priority.allCases.sorted(by: >).firstIndex { $0 == worst?.priority } ?? 0
    let stages = PipelineNode.Kind.allCases.map(\.rawValue)
    return [
      worst?.standing.rawValue ?? 9, isOpen ? priority : 0,
      stages.firstIndex(of: part.name) ?? stages.count,
    ]
  }
}

extension Filter {
  /// `state:fails`, `pri:high`, `what:bucket`, `who:mira`, or words.
  func takes(_ item: PostureItem) -> Bool {
    guard !isEmpty else { return true }
    return matches { key in
      switch key {
      case "cloud": item.source.cloud.rawValue
      case "state": item.standing.label
      case "pri": item.priority.rawValue
      case "who": item.acceptance?.by?.name ?? "-"
      case "what": item.check.rule
      default:
        "\(item.check.rule) \(item.title) \(item.check.subject) \(item.standing.label) "
          + "\(item.check.seen) \(item.source.text)"
      }
    }
  }
}
