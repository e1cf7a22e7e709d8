import WatchCore

/// Subscriptions, projects, folders and organizations: what an account of Azure or GCP is made of.
struct UnitKind: Sendable {
  /// `projects`
  var key: String
  /// What is wanted where something else stands.
  var advice: String
  /// The unit's id from what is written; nil for what cannot be one.
  var id: @Sendable (String) -> String?

  static let subscriptions = UnitKind(
    key: "subscriptions",
    advice: "write a subscription's GUID, or { id: \"GUID\", name: \"dev\" }", id: ARMID.guid)
  static let projects = UnitKind(
    key: "projects", advice: "write a project's id, or { id: \"acme-1\", name: \"analytics\" }"
  ) { text in
    let id = text.without("projects/")
    return GoogleName.isProject(id) ? "projects/\(id)" : nil
  }
  static let folders = numbered("folders", "a folder's")
  static let organizations = numbered("organizations", "an organization's")

  private static func numbered(_ key: String, _ whose: String) -> UnitKind {
    UnitKind(key: key, advice: "write \(whose) number, or { id: \"9\", name: \"data\" }") { text in
      let id = text.without("\(key)/")
      return GoogleName.isNumber(id) ? "\(key)/\(id)" : nil
    }
  }
}

extension PlanReader {
  /// All units of an account; each id and each label once.
  mutating func units(_ fields: Fields, _ kinds: [UnitKind]) -> [CloudUnit] {
    var found: [(unit: CloudUnit, place: TextPlace)] = []
    for kind in kinds {
      guard let value = fields[kind.key]?.value else { continue }
      for item in list(value, kind.key) ?? [] {
        guard let unit = unit(item, kind) else { continue }
        if found.contains(where: { $0.unit.id == unit.id }) {
          problem(item.place, "\(named(unit.id)) stands twice in \(kind.key)", "keep one")
        } else if let other = found.first(where: { $0.unit.label == unit.label }) {
          problem(
            item.place,
            "two of \(kind.key) are called \(named(unit.label)) (first in line \(other.place.line))",
            "give one a name of its own: { id: \"…\", name: \"dev\" }")
        } else {
          found.append((unit, item.place))
        }
      }
    }
    if found.isEmpty, let first = kinds.first, !hasList(fields, kinds) {
      let keys = kinds.map(\.key).joined(separator: ", ")
      problem(
        fields.place, kinds.count == 1 ? "\(keys) are missing" : "there is none of \(keys)",
        "add \(first.key): [ … ]")
    }
    return found.map(\.unit)
  }

  /// Whether anything was written there, right or wrong: a problem of its own has been said.
  private func hasList(_ fields: Fields, _ kinds: [UnitKind]) -> Bool {
    kinds.contains { kind in
      guard let content = fields[kind.key]?.value.content else { return false }
      return content != .array([])
    }
  }

  /// A text, or an id with a name. What is no id keeps its name, so that sources may say it.
  private mutating func unit(_ value: JSON5Value, _ kind: UnitKind) -> CloudUnit? {
    guard case .object = value.content else {
      guard let text = text(value, "an item of \(kind.key)") else { return nil }
      return CloudUnit(id: unitID(text, value.place, kind))
    }
    guard let fields = fields(value, "an item of \(kind.key)", ["id", "name"]),
      let text = required(fields, "id", example: "…"), let place = fields["id"]?.value.place
    else { return nil }
    let label = self.text(fields, "name")
    if let label, !isName(label) {
      problem(
        fields["name"]?.value.place ?? place,
        "the name \(named(label)) holds white space or a slash", "write one short word")
    }
    return CloudUnit(id: unitID(text, place, kind), label: label)
  }

  private mutating func unitID(_ text: String, _ place: TextPlace, _ kind: UnitKind) -> String {
    if let id = kind.id(text) { return id }
    problem(place, "\(named(text)) cannot stand in \(kind.key)", kind.advice)
    return text
  }

  /// Labels of the account's units that a source names, by label or id; empty for all of them.
  mutating func unitLabels(
    _ items: [(text: String, place: TextPlace)], of account: CloudAccount?
  ) -> [String] {
    guard let account else { return [] }
    var found: [String] = []
    for item in items {
      guard let unit = Self.unit(item.text, of: account) else {
        problem(
          item.place, "account \(named(account.name)) has no \(named(item.text))",
          Nearest.advice(item.text, account.units.map(\.label)))
        continue
      }
      if found.contains(unit.label) {
        problem(item.place, "\(named(item.text)) stands here twice", "keep one")
      } else {
        found.append(unit.label)
      }
    }
    return found
  }

  private static func unit(_ text: String, of account: CloudAccount) -> CloudUnit? {
    let units = account.units
    return units.first { $0.label == text }
      ?? units.first { $0.id == text || $0.id == text.lowercased() || $0.id == "projects/\(text)" }
  }
}

extension String {
  /// Without its beginning, where that is there.
  func without(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
