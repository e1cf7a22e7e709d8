import WatchCore

/// What the drafts of all clouds have in common.
public enum DraftPieces {
  /// - Parameter who: as whom the cloud was asked.
  static func head(_ who: String, _ at: Timestamp) -> [String] {
    [
      "// Watchkeeper's configuration: docs/configuration.md explains every key.",
      ConfigurationDraft.comment("Found at \(at.iso) as \(who)"),
      "// and not changed since by any program: it is yours now. No secrets belong in here.", "{",
    ]
  }

  /// - Parameter me: who asked: the first to be told.
  static func duty(_ me: String) -> [String] {
    let member = ConfigurationDraft.quoted(ConfigurationDraft.isShort(me) ? me : "me")
    return [
      "  // Who is alerted, in order. You asked; add who else stands watch.",
      "  duty: { roles: { \"security-lead\": { members: [\(member)] } } },",
    ]
  }

  static let retention = [
    "  // How long records must be kept: \"soc2\", \"pci\", \"hipaa\", \"nist-800-171\", \"400d\".",
    "  retention: \"soc2\",", "}",
  ]

  static func unseen(_ lines: [String]) -> [String] {
    guard !lines.isEmpty else { return [] }
    return ["// Not seen:"] + lines.prefix(40).map { ConfigurationDraft.comment("- \($0)") }
  }

  /// What the watch's own calls cost, and what they take of the cloud's limits.
  public static func cost(_ bill: CallBill, _ quotas: [QuotaUse]) -> [String] {
    let list = bill.cloud == .azure ? PriceList.azure : PriceList.gcp
    let dollars = ConfigurationDraft.money(bill.dollars)
    let prices =
      bill.dollars > 0
      ? ", at prices of \(list.region) as of \(list.asOf), not verified (docs/cost.md)" : ""
    return [
      "The watch's own calls in \(bill.account): \(bill.callsPerMonth / 30) a day, about $\(dollars) "
        + "a month\(prices)"
    ]
      + bill.lines.filter { $0.dollars > 0 }.map {
        "  \($0.what): \($0.callsPerMonth / 30) a day, $\(ConfigurationDraft.money($0.dollars)) a month"
      } + quotas.map { "  \($0.text)" }
  }

  /// How the cloud was asked, as the configuration says it.
  static func access(
    _ texts: [(key: String, text: String?)], _ endpoints: [String: String]
  ) -> [String] {
    var lines = texts.compactMap { key, text in
      text.map { "        \(key): \(ConfigurationDraft.quoted($0)), // as it was asked with" }
    }
    if !endpoints.isEmpty {
      let list = endpoints.sorted { $0.key < $1.key }
        .map { "\($0.key): \(ConfigurationDraft.quoted($0.value))" }
      lines.append("        endpoints: { \(list.joined(separator: ", ")) }, // as it was asked at")
    }
    return lines
  }

  /// A word as labels and ids take it, made of a name: `Dev & Test` → `dev-test`; nil where nothing
  /// is left of it.
  static func word(_ name: String?) -> String? {
    guard let name else { return nil }
    var word = ""
    for scalar in name.lowercased().unicodeScalars.prefix(200) {
      if scalar.isWordOrDigit {
        word.unicodeScalars.append(scalar)
      } else if !word.isEmpty, !word.hasSuffix("-") {
        word += "-"
      }
    }
    while word.hasSuffix("-") { word.removeLast() }
    return word.isEmpty ? nil : String(word.prefix(32))
  }

  /// `name`, or `name-2` and so on where that is taken.
  static func distinct(_ name: String, _ taken: Set<String>) -> String {
    var (candidate, number) = (name, 2)
    while taken.contains(candidate) {
      candidate = "\(name)-\(number)"
      number += 1
    }
    return candidate
  }
}
