import WatchCore

extension JSON {
  /// With two spaces a level, for people and version control; what ``line`` says otherwise.
  public var pretty: String {
    var out = ""
    write(to: &out, indent: "")
    return out
  }

  private func write(to out: inout String, indent: String) {
    let inner = indent + "  "
    switch self {
    case .array(let items) where !items.isEmpty:
      out += "[\n"
      for (index, item) in items.enumerated() {
        out += inner
        item.write(to: &out, indent: inner)
        out += index + 1 < items.count ? ",\n" : "\n"
      }
      out += indent + "]"
    case .object(let members) where !members.isEmpty:
      out += "{\n"
      for (index, member) in members.enumerated() {
        out += "\(inner)\(JSON.string(member.key).line): "
        member.value.write(to: &out, indent: inner)
        out += index + 1 < members.count ? ",\n" : "\n"
      }
      out += indent + "}"
    default: out += line
    }
  }
}
