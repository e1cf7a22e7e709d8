import WatchCore

/// What `/` takes: words, `cloud:aws state:new pri:high who:mira`, and `!word` for "without".
public struct Filter: Hashable, Sendable {
  public var text: String
  private var terms: [Term]

  private struct Term: Hashable, Sendable {
    var isNegative: Bool
    var key: String?
    var word: String
  }

  public init(_ text: String = "") {
    self.text = text
    terms = text.split(separator: " ").compactMap { piece in
      let isNegative = piece.first == "!"
      let body = (isNegative ? piece.dropFirst() : piece).lowercased()
      guard !body.isEmpty else { return nil }
      let parts = body.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, Filter.keys.contains(String(parts[0])) {
        return Term(isNegative: isNegative, key: String(parts[0]), word: String(parts[1]))
      }
      return Term(isNegative: isNegative, key: nil, word: body)
    }
  }

  /// What may stand before a colon; anything else is a word.
  public static let keys = ["cloud", "state", "pri", "who", "what", "alert", "day"]

  public var isEmpty: Bool { terms.isEmpty }

  public func takes(_ alert: Alert) -> Bool {
    matches { key in
      switch key {
      case "cloud": alert.source.cloud.rawValue
      case "state": alert.state.label
      case "pri": alert.priority.rawValue
      case "who": alert.state.owner ?? "-"
      case "what": alert.code.text
      case "alert": alert.id.text
      case "day": alert.detected.date
      default:
        "\(alert.id.text) \(alert.state.label) \(alert.place.text) \(alert.code.text) "
          + "\(alert.what) \(alert.source.text) \(alert.state.owner ?? "")"
      }
    }
  }

  /// - Parameter picture: what `entry` is read in, so that the filter finds what the list shows.
  public func takes(_ entry: Entry, in picture: Picture? = nil) -> Bool {
    guard !isEmpty else { return true }
    let detail = entry.detail(in: picture)
    return matches { key in
      switch key {
      case "who": entry.event.by?.name ?? "-"
      case "what": entry.event.kind
      case "alert": entry.event.alert?.text ?? "-"
      case "day": entry.at.date
      case "cloud":
        entry.event.alert.flatMap { picture?.alerts[$0]?.source.cloud.rawValue } ?? detail
      case "state", "pri": detail
      default:
        "\(entry.seq) \(entry.at.date) \(entry.event.by?.name ?? "-") \(entry.event.kind) "
          + "\(entry.event.alert?.text ?? "") \(detail)"
      }
    }
  }

  func matches(_ fact: (String?) -> String) -> Bool {
    terms.allSatisfy { term in
      let text = fact(term.key).lowercased()
      return text.contains(term.word) != term.isNegative
    }
  }
}
