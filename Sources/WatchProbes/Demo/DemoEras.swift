import CloudAPI
import WatchCore

/// What a cloud's settings were at any second of a scenario: they change only when the timeline
/// applies or reverts a variant.
struct DemoEras: Sendable {
  private var eras: [(from: Int, settings: JSONValue)]

  init(_ pipeline: DemoPipeline, _ timeline: DemoTimeline, start: Timestamp) {
    let moments = timeline.script.timeline.filter { $0.apply != nil || $0.revert != nil }
      .map(\.at).sorted()
    eras = ([Int.min] + moments).map { moment in
      (moment, pipeline.settings(timeline.applied(at: moment)).timed(start))
    }
  }

  var all: [JSONValue] { eras.map(\.settings) }

  /// Which era a second belongs to; the first begins before all time.
  func index(_ second: Int) -> Int { eras.lastIndex { $0.from <= second } ?? 0 }

  func at(_ second: Int) -> JSONValue { eras[index(second)].settings }
}

extension JSONValue {
  /// Texts such as `{{-30d}}` and `{{+90s}}` become that time, counted from the scenario's start.
  fileprivate func timed(_ start: Timestamp) -> JSONValue {
    switch self {
    case .string(let text):
      guard text.hasPrefix("{{"), text.hasSuffix("}}") else { return self }
      let inner = text.dropFirst(2).dropLast(2)
      guard let sign = inner.first, sign == "+" || sign == "-",
        let span = Expectation.span(inner.dropFirst())
      else { return self }
      return .string((sign == "+" ? start + span : start - span).iso)
    case .array(let elements): return .array(elements.map { $0.timed(start) })
    case .object(let members):
      return .object(members.map { JSONMember($0.name, $0.value.timed(start)) })
    default: return self
    }
  }
}
