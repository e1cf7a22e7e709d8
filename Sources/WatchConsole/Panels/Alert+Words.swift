import WatchCore

extension Alert {
  /// The row's words for a place of so many characters. Where the actor's name would hide what it was
  /// done to, it is cut first: `SETTING DELETED by sam@..: to-siem`. The whole name stands with the
  /// evidence.
  func words(in width: Int) -> String {
    guard let actor = cause?.actor, what.contains("by \(actor): ") else { return what }
    let start = actor.prefix { $0 != "@" }
    let mail = start.count < actor.count ? "\(start)@.." : actor
    let names = [actor, mail, "\(start.prefix(8)).."].filter { $0.count <= actor.count }
    let texts = names.map { name in
      (what.replacing("by \(actor): ", with: "by \(name): ", maxReplacements: 1), name)
    }
    let fitting = texts.first { text, name in
      Self.named(text, behind: "by \(name): ").count <= width
    }
    return (fitting ?? texts.last)?.0 ?? what
  }

  /// The text up to the end of what was acted on.
  private static func named(_ text: String, behind lead: String) -> Substring {
    guard let place = text.firstRange(of: lead) else { return text[...] }
    let rest = text[place.upperBound...]
    return text[..<(rest.firstIndex { $0 == "," || $0 == ";" } ?? text.endIndex)]
  }
}
